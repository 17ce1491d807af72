/** A plain scalar that YAML 1.1 reads as a date or time; nothing in a design is one. */
export class YamlTimestamp {
  constructor(readonly text: string) {}
}

/** A float without a fraction, for instance `1.0`: as text it is not the integer that the number alone would be. */
export class YamlFloat {
  constructor(readonly value: number) {}
}

/** An integer is a bigint when a number cannot hold all its digits, for instance a password of twenty of them. */
export type YamlScalar = string | number | bigint | boolean | null | YamlFloat | YamlTimestamp;

const integer = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*(?::[0-5]?[0-9])*)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const infinite = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;
const timestamp =
  /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

const words = new Map<string, boolean | null>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

/** Character codes that one of the words, or a number or date, begins with: most scalars are text by their first. */
const wordStarts: ReadonlySet<number> = new Set([...words.keys()].map((word) => word.charCodeAt(0)));
const numberStarts: ReadonlySet<number> = new Set(Array.from('-+.0123456789', (start) => start.charCodeAt(0)));

/**
 * What a plain scalar means in YAML 1.1, as the loader reads it for which designs were written (reference 02 §2.3).
 * Not the YAML 1.1 schema of js-yaml: that one also takes `y` and `n` as booleans and `0000:00:03` as a number.
 */
export function resolveScalar(text: string): YamlScalar {
  const start = text.charCodeAt(0);
  if (numberStarts.has(start)) return numberOf(text);
  if (!wordStarts.has(start)) return text === '' ? null : text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

function numberOf(text: string): YamlScalar {
  if (integer.test(text)) return integerOf(text);
  if (float.test(text)) {
    const value = floatOf(text);
    return Number.isInteger(value) ? new YamlFloat(value) : value;
  }
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (notANumber.test(text)) return NaN;
  return timestamp.test(text) ? new YamlTimestamp(text) : text;
}

/** Longer ones are text: Python refuses to print them, and printing one of a million digits takes seconds. */
const mostDigits = 4300;

function integerOf(text: string): number | bigint | string {
  if (text.length > mostDigits) return text;
  const value = roundedIntegerOf(text);
  if (typeof value === 'string' || Number.isSafeInteger(value) || text.includes(':')) return value;
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const exact = BigInt(/^0\d/.test(digits) ? `0o${digits}` : digits);
  return text.startsWith('-') ? -exact : exact;
}

function roundedIntegerOf(text: string): number | string {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  if (/^0[bx]$/.test(digits) || digits === '') return text;
  if (/^0[bx]/.test(digits)) return sign * Number(digits);
  if (digits.includes(':')) return sign * sexagesimal(digits);
  return sign * (/^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits));
}

function floatOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  return sign * (digits.includes(':') ? sexagesimal(digits) : Number(digits));
}

/** Base 60, as in `1:20`. */
function sexagesimal(digits: string): number {
  return digits.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}
