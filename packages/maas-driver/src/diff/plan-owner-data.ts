/** @returns the entries that the machine does not hold yet; others that it holds stay */
export function planOwnerData(
  wanted: Readonly<Record<string, string>>,
  found: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== '' && found[name] !== value));
}
