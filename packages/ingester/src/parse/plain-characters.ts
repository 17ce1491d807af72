/** Character codes with a meaning in plain block YAML. */
export const newline = 0x0a;
export const space = 0x20;
export const doubleQuote = 0x22;
export const hash = 0x23;
export const singleQuote = 0x27;
export const dash = 0x2d;
export const dot = 0x2e;
export const colon = 0x3a;
export const backslash = 0x5c;

/** Printable characters of ASCII; all others are left to js-yaml. */
export const isPrintable: Uint8Array = tableOf(Array.from({ length: 0x7f - space }, (_, index) => space + index));

/** What a plain scalar may begin with wherever it stands: everything else begins, or may begin, something else. */
export const startsPlain: Uint8Array = tableOf(
  Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+~($^;', (each) => each.charCodeAt(0)),
);

function tableOf(codes: readonly number[]): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const code of codes) table[code] = 1;
  return table;
}
