import { hidden, mayHoldUserInfo } from '../../findings/hide-secrets.js';
import { secretWord } from '../../findings/secret-word.js';
import { YamlFloat, YamlTimestamp } from '../resolve-scalar.js';

const longestQuote = 60;

/** As Python prints a scalar, because designs are compared with what the original stored. Null: no scalar. */
export function printScalar(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : printFloat(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof YamlFloat) return printFloat(value.value);
  return value instanceof YamlTimestamp ? value.text : null;
}

/** What a value is, for messages. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a mapping';
  if (value instanceof YamlTimestamp) return 'a date';
  if (value instanceof YamlFloat) return 'a number';
  return names[typeof value] ?? 'an unknown value';
}

/** A key that swallowed its value because its separator is damaged, for instance `credential:hunter2`. */
const swallowedSecret = new RegExp(`(?<=${secretWord})[^\\p{L}\\p{N}_-].*$`, 'isu');

/** A key as messages show it: short, on one line, and without a secret that it swallowed or may be. */
export function printKey(key: unknown): string {
  const whole = printScalar(key) ?? 'null';
  if (mayHoldUserInfo(whole)) return hidden;
  const text = whole.replace(swallowedSecret, '…').replaceAll(/\p{Cc}/gu, ' ');
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote)}…`;
}

/** A text as messages quote it, or what to say in its place when nobody may see it. */
export function quoteText(text: string): string {
  return mayHoldUserInfo(text) ? 'a text that may hold a secret' : `"${printKey(text)}"`;
}

const names: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  bigint: 'a number',
  boolean: 'a boolean',
};

/** Python writes an exponent from 1e16 on and below 1e-4, with two digits at least, and a fraction otherwise. */
function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent >= 16 || exponent < -4)) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}
