import type { IncomingHttpHeaders } from 'node:http';
import type { Validators } from './document-cache.js';

const storesNothing = /(^|,)\s*no-store\s*(,|$)/i;

/** Null when the document must not be kept, or could never be confirmed. */
export function validatorsOf(headers: IncomingHttpHeaders): Validators | null {
  if (storesNothing.test(headers['cache-control'] ?? '')) return null;
  const validators = { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
  return validators.etag === null && validators.lastModified === null ? null : validators;
}

/** Both, as RFC 9110 §13.1.3 advises: a server that knows entity tags ignores the date. */
export function conditionalHeaders({ etag, lastModified }: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}
