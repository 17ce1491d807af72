import type { YamlMapping } from '../compose-document.js';
import type { DocumentKind } from '../kinds/document-kinds.js';
import type { MistakeText, PathKey } from '../shapes/shape.js';

/**
 * Knows one format of site documents. Pure; the same document always gives the same translation, and whatever a
 * document holds, nothing is thrown. The contract is `packages/ingester/test/translators/document-translator-contract.ts`.
 */
export interface DocumentTranslator {
  /** Unique; configuration allows a translator by it (`DRYDOCK_DESIGN_FORMATS`). Lower case. */
  readonly name: string;
  /** Whose verdict on mistakes holds: the original checked schemas in one of its formats only (reference 02 §2.2). */
  readonly judgedAs: OriginalFormat;
  /** Null: the document is not in this format; others are asked, and what nobody knows is somebody else's. */
  translate(document: YamlMapping): Translation | null;
}

export type OriginalFormat = 'native' | 'deckhand';

export type Translation = TranslatedDocument | UnknownDocument;

/** A document as the shapes of `parse/kinds` read it. */
export interface TranslatedDocument {
  readonly kind: DocumentKind;
  /** As findings name the document's type: three parts between slashes, the second of which messages begin with. */
  readonly schema: string;
  /** A mapping with the `name` of the document; anything else is reported. */
  readonly metadata: unknown;
  /** What the shape of the kind reads; undefined: there is none, which is reported. */
  readonly body: unknown;
  /** Kept as long as the design, so it must not hold the document. */
  readonly pathOf: PathOf;
  /** Something about the envelope that the original let pass, as the end of a sentence that kind and name begin. */
  readonly remark: (MistakeText & { readonly keys: readonly PathKey[] }) | null;
}

/** One that says it is for Drydock and is of no kind that Drydock has. */
export interface UnknownDocument {
  readonly kind: null;
  readonly schema: string;
  readonly metadata: unknown;
  /** Of what claims it for Drydock. */
  readonly keys: readonly PathKey[];
  /** The original passed it over without a word. */
  readonly isMissed: boolean;
}

/**
 * Where a value of the translated document stands in the one that was written, from its root; for a value that is not
 * there, where it would stand or the nearest thing to that.
 */
export type PathOf = (part: 'metadata' | 'body', keys: readonly PathKey[]) => readonly PathKey[];
