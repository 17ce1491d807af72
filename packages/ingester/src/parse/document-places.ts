import type { SourcePlace } from '@drydock/model';
import type { ComposedDocument } from './compose-document.js';
import { composeRange } from './compose-range.js';
import { offsetOf } from './offset-of.js';
import type { PathKey } from './shapes/shape.js';
import type { SourceText } from './source-text.js';
import type { DocumentRange } from './split-documents.js';

/**
 * Where the parts of a document that could be read stand. Holds no part of it: when somebody asks, the document is
 * composed once more, and kept from then on. Ten thousand documents without fault cost nothing.
 */
export class DocumentPlaces {
  readonly #source: SourceText;
  readonly #range: DocumentRange;
  #composed: ComposedDocument | null = null;

  constructor(source: SourceText, range: DocumentRange) {
    this.#source = source;
    this.#range = range;
  }

  /** Of the value under a path of keys; of the nearest thing above it that is there, when it is not. */
  placeOf(keys: readonly PathKey[]): SourcePlace {
    this.#composed ??= composeRange(this.#source.text, this.#range);
    const offset = this.#composed === null ? 0 : offsetOf(this.#composed, keys);
    return this.#source.placeAt(this.#range.start + offset);
  }
}
