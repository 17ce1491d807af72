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

/** A line that says whose a document is, even where its colon is lost; what stands before tells how deep it is. */
const claimLine = /^([-{["'? \t]*)(?:schema|apiVersion)['"]?[:;= \t]+(.*)$/gm;

const comment = /(?:^|\s)#.*$/;

const claimed = new RegExp(`(?<![\\w/.:-])${claim}`);

/** Which document a text is that is no YAML, or no mapping; null when it does not say that it is one of ours. */
export function unreadInText(text: string): UnreadDocument | null {
  const ours = outermostSchemas(text).find((schema) => claimed.test(schema));
  if (ours === undefined) return null;
  const reference = brokenDocumentReference(text);
  const [, written = ''] = /\bdrydock\/([A-Z]\w*)/.exec(ours) ?? /\bkind:[ \t]*['"]?(\w+)/.exec(text) ?? [];
  const kind = reference?.schema.split('/')[1] ?? written;
  const name = reference?.name ?? 'Unknown';
  return { kind: isDocumentKind(kind) ? kind : null, name: name === 'Unknown' ? null : name };
}

/** What stands deeper is about other documents: the source of a substitution, or an item of a foreign list. */
function outermostSchemas(text: string): readonly string[] {
  if (!text.includes(claim)) return [];
  let least = Infinity;
  let schemas: string[] = [];
  for (const [, { length: depth } = '', schema = ''] of text.matchAll(claimLine)) {
    if (depth > least) continue;
    if (depth < least) schemas = [];
    least = depth;
    schemas.push(schema.replace(comment, ''));
  }
  return schemas;
}
