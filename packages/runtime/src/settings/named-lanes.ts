/** Of the lanes that another setting names, a problem for each that DRYDOCK_LANES does not; what is no text is not judged. */
export function laneProblems(named: readonly unknown[], settings: unknown): readonly string[] {
  const { lanes } = settings as { readonly lanes?: unknown };
  const known: readonly unknown[] = Array.isArray(lanes) ? lanes : [];
  return [...new Set(named)]
    .filter((lane): lane is string => typeof lane === 'string' && !known.includes(lane))
    .map((lane) => `the lane ${lane} is not one of DRYDOCK_LANES`);
}
