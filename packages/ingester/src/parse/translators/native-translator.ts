import { isDocumentKind } from '../kinds/document-kinds.js';
import { printKey } from '../shapes/print-scalar.js';
import { claim } from './claim.js';
import type { DocumentTranslator, PathOf, TranslatedDocument } from './document-translator.js';

const pathOf: PathOf = (part, keys) => [part === 'body' ? 'spec' : 'metadata', ...keys];

/**
 * `apiVersion: drydock/v1` and `kind` with `spec`. Any version is read as v1, and a body that is not there as an empty
 * one (reference 02 §2.2).
 */
export const nativeTranslator: DocumentTranslator = {
  name: 'native',
  judgedAs: 'native',
  translate(document) {
    const apiVersion = document.get('apiVersion');
    if (typeof apiVersion !== 'string' || !apiVersion.startsWith(claim)) return null;
    const version = apiVersion.slice(claim.length);
    const metadata = document.get('metadata');
    const kind = document.get('kind');
    if (typeof kind !== 'string' || !isDocumentKind(kind)) {
      const schema = `${claim}${typeof kind === 'string' ? kind : '?'}/${version}`;
      return { kind: null, schema, metadata, keys: ['kind'], isMissed: false };
    }
    const body = document.get('spec') ?? new Map();
    return { kind, schema: `${claim}${kind}/v1`, metadata, body, pathOf, remark: remarkOn(version) };
  },
};

function remarkOn(version: string): TranslatedDocument['remark'] {
  if (version === 'v1') return null;
  return {
    keys: ['apiVersion'],
    message: `has version ${printKey(version)} and is read as v1`,
    advice: `write apiVersion: ${claim}v1`,
  };
}
