import { mistakeRules } from './mistake-rules.js';
import type { Mistake, MistakeText, PathKey } from './shapes/shape.js';
import type { OriginalFormat } from './translators/document-translator.js';

/** A value that is not as it should be, and whose meaning is plain all the same. */
const understood: ReadonlySet<Mistake> = new Set(['coerced', 'pattern']);

const none: ReadonlySet<string> = new Set<string>();

/**
 * Fields of a document's body in which a mistake took away what somebody meant to say. What follows from that alone is
 * no finding about others. An unknown key takes nothing away unless it is a known one that is misspelt.
 */
export class LostFields {
  readonly #format: OriginalFormat;
  #names: Set<string> | null = null;

  constructor(format: OriginalFormat) {
    this.#format = format;
  }

  /** One set for all documents without such a mistake. */
  get names(): ReadonlySet<string> {
    return this.#names ?? none;
  }

  /** @param keys in the body */
  note(mistake: Mistake, keys: readonly PathKey[], { meant }: MistakeText): void {
    if (mistakeRules[mistake][this.#format] !== 'error' || understood.has(mistake)) return;
    const isMisplaced = mistake === 'unknownKey' && (keys.length === 1 || typeof meant !== 'string');
    const field = isMisplaced ? meant : keys[0];
    if (typeof field === 'string') (this.#names ??= new Set()).add(field);
  }
}
