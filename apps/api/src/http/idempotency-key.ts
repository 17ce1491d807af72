import type { IncomingHttpHeaders } from 'node:http';
import { DrydockError } from '@drydock/model';

/** Visible ASCII, as RFC 9110 allows it in a field value. */
const keyText = /^[\x21-\x7e]{1,255}$/;

/** @throws DrydockError `invalid_request` */
export function idempotencyKey(headers: IncomingHttpHeaders): string | null {
  const header = headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header === 'string' && keyText.test(header)) return header;
  throw new DrydockError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters, like a UUID');
}
