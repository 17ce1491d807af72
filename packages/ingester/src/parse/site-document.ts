import type { DocumentReference, SourcePlace } from '@drydock/model';
import type { BodyOf, DocumentKind } from './kinds/document-kinds.js';

/** One document of a design that is ours, read. */
export interface SiteDocument<K extends DocumentKind = DocumentKind> {
  readonly kind: K;
  readonly name: string;
  readonly body: BodyOf<K>;
  readonly reference: DocumentReference;
  /** Fields of its body that say nothing, or not all, because of a mistake in them. */
  readonly lostFields: ReadonlySet<string>;
  /** Where the document begins. */
  readonly place: SourcePlace;
  /** Where a field of its body stands; the nearest thing above it that is there, when it is not. */
  placeOf(keys: readonly (string | number)[]): SourcePlace;
}

/** The documents of a design by kind, in the order in which they stand. */
export type SiteDocuments = { readonly [K in DocumentKind]: readonly SiteDocument<K>[] };
