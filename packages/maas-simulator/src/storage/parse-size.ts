const suffixes: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

/** Bytes of `123` or `12G` (decimal suffixes, either case); with `wholeBytes` also of `25%`. Undefined when malformed. */
export function parseSize(text: string, wholeBytes?: number): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent !== null && wholeBytes !== undefined) return Math.floor((Number(percent[1]) / 100) * wholeBytes);
  const match = /^(\d+)([kmgtpe]?)$/i.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * (suffixes[(match[2] ?? '').toUpperCase()] ?? 1);
}
