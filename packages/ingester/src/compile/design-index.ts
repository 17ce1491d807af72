import type { Finding } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import { documentKinds, type DocumentKind } from '../parse/kinds/document-kinds.js';
import type { SiteDocument, SiteDocuments } from '../parse/site-document.js';
import type { UnreadDocument } from '../parse/unread-document.js';
import { UnreadNames } from './unread-names.js';

/** The documents of a design without duplicates, found by kind and name. */
export interface DesignIndex {
  all<K extends DocumentKind>(kind: K): readonly SiteDocument<K>[];
  find<K extends DocumentKind>(kind: K, name: string): SiteDocument<K> | undefined;
  /**
   * It is there, and it or a field of it could not be read: to name it is no mistake, and what it does not say nobody
   * knows.
   */
  isUnread(kind: DocumentKind, name: string, ...fields: readonly string[]): boolean;
  /** So it is with one of the kind at least. */
  hasUnread(kind: DocumentKind, ...fields: readonly string[]): boolean;
}

/** Of documents with one kind and name the first is kept, and each other one is an error. */
export function indexDesign(
  documents: SiteDocuments,
  unread: readonly UnreadDocument[],
  report: (finding: Finding) => void,
): DesignIndex {
  const unreadNames = new UnreadNames(unread);
  const byKind = new Map<DocumentKind, { all: readonly SiteDocument[]; byName: ReadonlyMap<string, SiteDocument> }>();
  for (const kind of Object.keys(documentKinds) as DocumentKind[]) {
    const byName = new Map<string, SiteDocument>();
    for (const document of documents[kind]) {
      const first = byName.get(document.name);
      if (first === undefined) byName.set(document.name, document);
      else report(duplicateOf(first, document));
    }
    byKind.set(kind, { all: [...byName.values()], byName });
  }
  return {
    all: <K extends DocumentKind>(kind: K) => (byKind.get(kind)?.all ?? []) as readonly SiteDocument<K>[],
    find: <K extends DocumentKind>(kind: K, name: string) =>
      byKind.get(kind)?.byName.get(name) as SiteDocument<K> | undefined,
    isUnread: (kind, name, ...fields) => {
      const found = byKind.get(kind)?.byName.get(name);
      return found === undefined ? unreadNames.mayBe(kind, name) : hasLost(found, fields);
    },
    hasUnread: (kind, ...fields) =>
      unreadNames.hasSome(kind) || (byKind.get(kind)?.all ?? []).some((document) => hasLost(document, fields)),
  };
}

function hasLost({ lostFields }: SiteDocument, fields: readonly string[]): boolean {
  return lostFields.size > 0 && fields.some((field) => lostFields.has(field));
}

function duplicateOf(first: SiteDocument, second: SiteDocument): Finding {
  return makeFinding('document.duplicate', {
    message: `there are two documents of kind ${second.kind} named "${second.name}", in lines ${first.place.line} and ${second.place.line}`,
    diagnostic: 'rename one of them, or remove it',
    document: second.reference,
    place: second.place,
    related: [first.place],
  });
}
