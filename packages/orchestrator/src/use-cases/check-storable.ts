import { DrydockError } from '@drydock/model';

/** NUL and lone surrogates are JSON, and nothing that Postgres can store. */
// oxlint-disable-next-line no-control-regex -- NUL is what is looked for
const unstorable = /\u0000|\p{Surrogate}/u;

/**
 * Refuses texts, also those deep inside, that could not be stored as they are. Expects a value of bounded depth.
 * @throws DrydockError `invalid_request`
 */
export function checkStorable(value: unknown, at: string): void {
  if (typeof value === 'string') {
    if (unstorable.test(value)) {
      throw new DrydockError('invalid_request', `${at} holds a NUL or half a character; send Unicode text`);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      checkStorable(key, `a key of ${at}`);
      checkStorable(inner, Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`);
    }
  }
}
