import { isDocumentKind } from '../kinds/document-kinds.js';
import { claim } from './claim.js';
import type { DocumentTranslator, PathOf } from './document-translator.js';

const pathOf: PathOf = (part, keys) => [part === 'body' ? 'data' : 'metadata', ...keys];

/** `schema: drydock/<kind>/v1` with `data`; a schema of two or four parts was nobody's (reference 02 §2.2, §2.4). */
export const deckhandTranslator: DocumentTranslator = {
  name: 'deckhand',
  judgedAs: 'deckhand',
  translate(document) {
    const schema = document.get('schema');
    if (typeof schema !== 'string' || !schema.startsWith(claim)) return null;
    const metadata = document.get('metadata');
    const [, kind = '', version = '', ...more] = schema.split('/');
    const hasThreeParts = version !== '' && more.length === 0;
    if (!hasThreeParts || !isDocumentKind(kind) || version !== 'v1') {
      return { kind: null, schema, metadata, keys: ['schema'], isMissed: !hasThreeParts };
    }
    return { kind, schema, metadata, body: document.get('data'), pathOf, remark: null };
  },
};
