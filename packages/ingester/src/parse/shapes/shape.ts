import type { ShapeCursor } from './shape-cursor.js';

/**
 * A shape checks a value of a document and gives what the compiler works with. It never throws: what is wrong is
 * reported, and the nearest harmless value takes its place, so that one mistake hides no other.
 */
export type Shape<T> = (value: unknown, at: ShapeCursor) => T;

export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

/** What kind of mistake a value is; `mistakeRules` says what follows from each (reference 02 §3). */
export type Mistake =
  /** A scalar of another type than the schema wants, whose meaning is plain. */
  | 'coerced'
  /** Null where the schema wants a value. */
  | 'null'
  /** A key that the schema refuses. */
  | 'unknownKey'
  /** A text that does not fit the schema's pattern. */
  | 'pattern'
  /** A value that can be read as nothing that belongs there. */
  | 'type'
  /** None of the words that the schema allows. */
  | 'choice'
  /** Absent, and the schema wants it. */
  | 'required'
  /** None of the words that the original's model allows. */
  | 'modelChoice'
  /** Absent, and the original's model wants it. */
  | 'modelRequired'
  /** Refused by the original's model for another reason. */
  | 'modelValue'
  /** As `coerced`, `choice`, `required`, `pattern` and `unknownKey`, where a fault of the schema let it pass. */
  | 'missedType'
  | 'missedChoice'
  | 'missedRequired'
  | 'missedFormat'
  | 'missedKey'
  /** A key that no schema refuses and nothing reads. */
  | 'strayKey'
  /** A value that another value makes void. */
  | 'ignored'
  /** A value that loses a part that has no meaning here, for instance its fraction. */
  | 'cut'
  /** More than can be handled. */
  | 'limit';

/** What a key of a YAML mapping or the index of a list can be. */
export type PathKey = string | number | bigint | boolean | null;

/** What is wrong, as the end of a sentence that the field begins, and what to do about it. */
export interface MistakeText {
  readonly message: string;
  readonly advice: string;
  /** Of an unknown key: the one that was probably meant. */
  readonly meant?: string | null;
  /** What the value is read as all the same; said unless the name of the field is that of a secret. */
  readonly readAs?: string;
  /** The last key may hold what nobody may see: the field is named without it. */
  readonly isKeySecret?: boolean;
}

export type ReportMistake = (mistake: Mistake, keys: readonly PathKey[], text: MistakeText) => void;
