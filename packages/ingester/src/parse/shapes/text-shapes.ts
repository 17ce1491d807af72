import { nameOf, printScalar } from './print-scalar.js';
import type { ShapeCursor } from './shape-cursor.js';
import type { Mistake, Shape } from './shape.js';

/** Characters of a text; the content of a boot action's file has a limit of its own. */
const longestText = 65_536;

/** Text, or null when absent. */
export const text: Shape<string | null> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  return value === undefined ? null : textOfOther(value, at, { scalar: 'coerced', none: 'null', other: 'type' });
};

/** Text in a list, where something must stand. */
export const textItem: Shape<string> = (value, at) => text(value ?? null, at) ?? '';

/** Text in a mapping of texts, which the original's model also refused as null. */
export const textEntry: Shape<string> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  return textOfOther(value ?? null, at, { scalar: 'coerced', none: 'type', other: 'type' }) ?? '';
};

/** As `textEntry`, for what no message may show. */
export const secretEntry: Shape<string> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  return textOfOther(value ?? null, at, { scalar: 'coerced', none: 'type', other: 'type', isSecret: true }) ?? '';
};

/** Text whose type the original meant to check and did not; null when absent. */
export const uncheckedText: Shape<string | null> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  if (value === undefined || value === null) return null;
  return textOfOther(value, at, { scalar: 'missedType', none: 'missedType', other: 'modelValue' });
};

/** As `uncheckedText`, for what no message may show. */
export const uncheckedSecret: Shape<string | null> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  if (value === undefined || value === null) return null;
  return textOfOther(value, at, { scalar: 'missedType', none: 'missedType', other: 'modelValue', isSecret: true });
};

/** A scalar as text where every scalar is welcome, for instance a kernel parameter; null is refused. */
export const scalarText: Shape<string> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at);
  const printed = printScalar(value);
  if (printed === null) {
    at.report('modelValue', { message: `must be a scalar value, not ${nameOf(value)}`, advice: 'write a text' });
  }
  return printed ?? '';
};

/** Like `scalarText`, with null as an empty text: labels whose presence alone may count. */
export const labelText: Shape<string> = (value, at) => (value === null ? '' : scalarText(value, at));

/** A text of at most so many characters. */
export function boundedText(value: string, at: ShapeCursor, most = longestText): string {
  if (value.length <= most) return value;
  at.report('limit', {
    message: `has ${value.length} characters; ${most} is the limit`,
    advice: 'shorten it; what is long belongs behind a location',
  });
  return '';
}

interface Verdicts {
  readonly scalar: Mistake;
  readonly none: Mistake;
  readonly other: Mistake;
  readonly isSecret?: boolean;
}

function textOfOther(value: unknown, at: ShapeCursor, verdicts: Verdicts): string | null {
  const printed = printScalar(value);
  const wrong = `must be a string, not ${nameOf(value)}`;
  if (printed !== null) {
    at.report(verdicts.scalar, {
      message: wrong,
      advice: 'put it in quotes',
      ...(verdicts.isSecret === true ? {} : { readAs: `"${printed}"` }),
    });
  } else if (value === null) {
    at.report(verdicts.none, { message: wrong, advice: 'give it a value, or leave it out' });
  } else {
    at.report(verdicts.other, { message: wrong, advice: 'write a string' });
  }
  return printed;
}
