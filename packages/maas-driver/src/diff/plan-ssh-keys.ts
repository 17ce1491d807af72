/** @returns the keys to add, on one line each; keys are never removed (reference 04 §6.5) */
export function planSshKeys(wanted: readonly string[], found: readonly string[]): readonly string[] {
  const present = new Set(found.map(oneLine));
  return [...new Set(wanted.map(oneLine))].filter((key) => key !== '' && !present.has(key));
}

export function oneLine(key: string): string {
  return key.replace(/[\r\n]+/g, '').trim();
}
