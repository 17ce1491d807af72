import { YamlFloat } from '../resolve-scalar.js';
import { nameOf } from './print-scalar.js';
import type { ShapeCursor } from './shape-cursor.js';
import type { Mistake, Shape } from './shape.js';

/** A whole number; fractions are cut off. Null when absent. */
export const wholeNumber: Shape<number | null> = (value, at) => readNumber(value, at, 'coerced');

/** A whole number whose type the original meant to check and did not. */
export const uncheckedNumber: Shape<number | null> = (value, at) => readNumber(value, at, 'missedType');

/** Digits as Python's integer conversion takes them. */
const digits = /^\s*[-+]?\d+(?:_\d+)*\s*$/;

function readNumber(value: unknown, at: ShapeCursor, otherScalar: Mistake): number | null {
  if (value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return wholePart(value, at);
  if (value instanceof YamlFloat) return value.value;
  const wrong = `must be a number, not ${nameOf(value)}`;
  if (value === null) {
    at.report(otherScalar === 'coerced' ? 'null' : otherScalar, { message: wrong, advice: 'write a number' });
    return null;
  }
  const number = numberIn(value);
  if (number === null) at.report('type', { message: wrong, advice: 'write a whole number' });
  else at.report(otherScalar, { message: wrong, advice: 'write a number, without quotes', readAs: String(number) });
  return number;
}

function wholePart(value: number, at: ShapeCursor): number {
  const whole = Math.trunc(value);
  if (whole !== value) {
    at.report('cut', { message: `loses its fraction and is read as ${whole}`, advice: 'write a whole number' });
  }
  return whole;
}

function numberIn(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const number = typeof value === 'string' && digits.test(value) ? Number(value.replaceAll('_', '')) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}
