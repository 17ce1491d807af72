import { YamlTimestamp } from '../resolve-scalar.js';
import type { Mistake, Shape, ShapePlace } from './shape.js';

/** Text, or null when absent. */
export const text: Shape<string | null> = (value, at) => {
  if (typeof value === 'string') return value;
  if (isAbsent(value, at, 'a string')) return null;
  const printed = printScalar(value);
  if (printed === null) at.report('type', `must be a string, not ${nameOf(value)}`);
  else at.report('coerced', `must be a string, not ${nameOf(value)}; quote it`);
  return printed;
};

/** Any scalar as text, for places whose type the original never checked; null when absent. */
export const looseText: Shape<string | null> = (value, at) => {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  const printed = printScalar(value);
  if (printed === null) at.report('value', `must be a string, not ${nameOf(value)}`);
  else at.report('advice', `is read as ${nameOf(value)} and kept as "${printed}"; quote it`);
  return printed;
};

/** A scalar as text where every scalar is welcome, for instance a kernel parameter; null is refused. */
export const scalarText: Shape<string> = (value, at) => {
  if (typeof value === 'string') return value;
  const printed = printScalar(value);
  if (printed === null) at.report('value', `must be a scalar value, not ${nameOf(value)}`);
  return printed ?? '';
};

/** Like `scalarText`, with null as an empty text: labels whose presence alone counts. */
export const labelText: Shape<string> = (value, at) => (value === null ? '' : scalarText(value, at));

/** A whole number; fractions are cut off. Null when absent. */
export const wholeNumber: Shape<number | null> = (value, at) => {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
  if (isAbsent(value, at, 'a number')) return null;
  if (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value)) {
    at.report('coerced', `must be a number, not a string; write it without quotes`);
    return Number(value);
  }
  at.report('type', `must be a number, not ${nameOf(value)}`);
  return null;
};

/** A whole number, for places whose type the original never checked. */
export const looseNumber: Shape<number | null> = (value, at) => {
  if (typeof value !== 'string') return wholeNumber(value, at);
  if (/^\s*[-+]?\d+\s*$/.test(value)) return Number(value);
  at.report('value', `must be a number, not "${value}"`);
  return null;
};

export const flag: Shape<boolean | null> = (value, at) => {
  if (typeof value === 'boolean') return value;
  if (isAbsent(value, at, 'true or false')) return null;
  at.report(printScalar(value) === null ? 'type' : 'coerced', `must be true or false, not ${nameOf(value)}`);
  return printScalar(value) === null ? null : value !== '' && value !== 0;
};

/** One of a closed list of words; null when absent. `mistake` says what the original made of any other. */
export function oneOf<const W extends string>(words: readonly W[], mistake: Mistake = 'type'): Shape<W | null> {
  return (value, at) => {
    if (value === undefined || value === null) return text(value, at) as null;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) at.report(mistake, `must be one of ${words.join(', ')}${heldText(value)}`);
    return word ?? null;
  };
}

/** What a value is, for messages. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a mapping';
  if (value instanceof YamlTimestamp) return 'a date';
  return { string: 'a string', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'an unknown value';
}

function heldText(value: unknown): string {
  return typeof value === 'string' && value.length <= 40 ? `, not "${value}"` : `, not ${nameOf(value)}`;
}

function isAbsent(value: unknown, at: ShapePlace, wanted: string): boolean {
  if (value === null) at.report('missing', `must be ${wanted}, not null`);
  return value === undefined || value === null;
}

/** As Python prints a scalar, because designs are compared with what the original stored. Null: no scalar. */
function printScalar(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return value instanceof YamlTimestamp ? value.text : null;
}
