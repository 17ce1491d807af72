import { YamlFloat } from '../resolve-scalar.js';
import { nameOf, printScalar } from './print-scalar.js';
import type { ShapeCursor } from './shape-cursor.js';
import type { Mistake, Shape } from './shape.js';

/** True or false; null when absent. */
export const flag: Shape<boolean | null> = (value, at) => readFlag(value, at, { scalar: 'coerced', none: 'null' });

/** A flag whose type the original meant to check and did not. */
export const uncheckedFlag: Shape<boolean | null> = (value, at) =>
  readFlag(value, at, { scalar: 'missedType', none: 'missedType' });

/** Other scalars are as true as Python finds them, so the text `false` is. */
function readFlag(
  value: unknown,
  at: ShapeCursor,
  verdicts: { readonly scalar: Mistake; readonly none: Mistake },
): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === undefined) return null;
  const wrong = `must be true or false, not ${nameOf(value)}`;
  const advice = 'write true or false, without quotes';
  if (value === null) {
    at.report(verdicts.none, { message: wrong, advice });
    return null;
  }
  if (printScalar(value) === null) {
    at.report('type', { message: wrong, advice });
    return null;
  }
  const isTrue = value !== '' && value !== 0 && !(value instanceof YamlFloat && value.value === 0);
  at.report(verdicts.scalar, { message: wrong, advice, readAs: String(isTrue) });
  return isTrue;
}
