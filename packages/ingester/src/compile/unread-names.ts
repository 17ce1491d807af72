import type { DocumentKind } from '../parse/kinds/document-kinds.js';
import type { UnreadDocument } from '../parse/unread-document.js';

/** Answers whether a name may be that of a document that could not be read. */
export class UnreadNames {
  readonly #documents: readonly UnreadDocument[];
  /** Of documents whose kind and name are known. */
  readonly #known: ReadonlySet<string>;
  readonly #half: readonly UnreadDocument[];

  constructor(documents: readonly UnreadDocument[]) {
    this.#documents = documents;
    this.#known = new Set(documents.map(({ kind, name }) => `${kind} ${name}`));
    const half = documents.filter(({ kind, name }) => kind === null || name === null);
    this.#half = [...new Map(half.map((document) => [`${document.kind} ${document.name}`, document])).values()];
  }

  mayBe(kind: DocumentKind, name: string): boolean {
    return (
      this.#known.has(`${kind} ${name}`) ||
      this.#half.some((each) => (each.kind ?? kind) === kind && (each.name ?? name) === name)
    );
  }

  hasSome(kind: DocumentKind): boolean {
    return this.#documents.some((each) => (each.kind ?? kind) === kind);
  }
}
