import type { ShapeCursor } from './shape-cursor.js';
import type { Mistake, Shape } from './shape.js';

/** Null when absent, instead of the shape's default. */
export function optional<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => {
    if (value === undefined) return null;
    if (value !== null) return shape(value, at);
    at.report('null', { message: 'must not be null', advice: 'give it a value, or leave it out' });
    return null;
  };
}

/** Null stays null and is no mistake. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === undefined || value === null ? null : shape(value, at));
}

interface MissingVerdicts {
  readonly absent: Mistake;
  readonly none: Mistake;
}

/** A typed schema refuses null; the model refuses what is not there. */
const refusedByModel: MissingVerdicts = { absent: 'modelRequired', none: 'type' };

/** Absent and null are mistakes; the verdicts say who wants it: the schema, the model, or one that missed it. */
export function required<T>(shape: Shape<T | null>, verdicts = refusedByModel): Shape<T | null> {
  return (value, at) => {
    if (value !== undefined && value !== null) return shape(value, at);
    reportMissing(at, value === undefined ? verdicts.absent : verdicts.none);
    return null;
  };
}

/** As `required`, and an empty text is as good as none. */
export function filled(shape: Shape<string | null>): Shape<string | null> {
  return required((value, at) => {
    if (value === '') reportMissing(at, 'modelRequired');
    return value === '' ? null : shape(value, at);
  });
}

/** Welcome, whatever it is, and never read. */
export const anything: Shape<null> = () => null;

function reportMissing(at: ShapeCursor, mistake: Mistake): void {
  at.report(mistake, { message: 'is missing', advice: 'give it a value' });
}
