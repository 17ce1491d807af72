import { brokenDocumentReference } from './broken-document-reference.js';
import { isDocumentKind, type DocumentKind } from './kinds/document-kinds.js';
import { claim } from './translators/claim.js';

/**
 * A document that is in the design and that nobody could read. Others may name it, and nobody knows what it says. Null
 * stands for what nobody knows of it: without a kind it may be of any, without a name have any.
 */
export interface UnreadDocument {
  readonly kind: DocumentKind | null;
  readonly name: string | null;
}

/** Which document a text is that is no YAML, or no mapping; null when it does not say that it is one of ours. */
export function unreadInText(text: string): UnreadDocument | null {
  if (!text.includes(claim)) return null;
  const reference = brokenDocumentReference(text);
  const [, written = ''] = /\bdrydock\/([A-Z]\w*)/.exec(text) ?? /\bkind:[ \t]*['"]?(\w+)/.exec(text) ?? [];
  const kind = reference?.schema.split('/')[1] ?? written;
  const name = reference?.name ?? 'Unknown';
  return { kind: isDocumentKind(kind) ? kind : null, name: name === 'Unknown' ? null : name };
}
