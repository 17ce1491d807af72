import type { YamlMapping } from './compose-document.js';
import { isDocumentKind, type DocumentKind } from './kinds/document-kinds.js';

/** The two formats differ in their envelope and in how strictly the original checked what is in it (reference 02 §2.2). */
export type DocumentFormat = 'native' | 'deckhand';

export interface Envelope {
  readonly format: DocumentFormat;
  readonly kind: DocumentKind;
  readonly version: string;
  readonly name: string | null;
  readonly bodyKey: 'spec' | 'data';
  readonly body: unknown;
}

export type EnvelopeReading =
  | { readonly kind: 'ours'; readonly envelope: Envelope }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown'; readonly schema: string; readonly name: string };

/** Decides per document whether it is ours, and in which format. */
export function readEnvelope(document: YamlMapping): EnvelopeReading {
  const schema = document.get('schema');
  const apiVersion = document.get('apiVersion');
  if (typeof schema === 'string') return deckhandEnvelope(document, schema);
  if (typeof apiVersion === 'string' && apiVersion.startsWith('drydock/')) {
    return nativeEnvelope(document, apiVersion.slice('drydock/'.length));
  }
  return { kind: 'foreign' };
}

function deckhandEnvelope(document: YamlMapping, schema: string): EnvelopeReading {
  const [namespace, kind, version, ...more] = schema.split('/');
  if (namespace !== 'drydock' || kind === undefined || version === undefined || more.length > 0) {
    return { kind: 'foreign' };
  }
  const name = nameIn(document);
  if (!isDocumentKind(kind) || version !== 'v1') return { kind: 'unknown', schema, name: name ?? 'Unknown' };
  const body = document.get('data');
  return { kind: 'ours', envelope: { format: 'deckhand', kind, version, name, bodyKey: 'data', body } };
}

function nativeEnvelope(document: YamlMapping, version: string): EnvelopeReading {
  const kind = document.get('kind');
  const name = nameIn(document);
  if (typeof kind !== 'string' || !isDocumentKind(kind)) {
    return { kind: 'unknown', schema: `drydock/${String(kind)}/${version}`, name: name ?? 'Unknown' };
  }
  const body = document.get('spec') ?? new Map();
  return { kind: 'ours', envelope: { format: 'native', kind, version, name, bodyKey: 'spec', body } };
}

function nameIn(document: YamlMapping): string | null {
  const metadata = document.get('metadata');
  const name: unknown = metadata instanceof Map ? metadata.get('name') : undefined;
  if (typeof name === 'number' || typeof name === 'boolean') return String(name);
  return typeof name === 'string' && name !== '' ? name : null;
}
