import { DrydockError } from '@drydock/model';

export interface ApiKey {
  readonly consumerKey: string;
  readonly tokenKey: string;
  readonly tokenSecret: string;
}

/** @throws DrydockError `invalid_configuration`; the message does not hold the key */
export function parseApiKey(text: string): ApiKey {
  const [consumerKey, tokenKey, tokenSecret, ...rest] = text.trim().split(':');
  if (!consumerKey || !tokenKey || !tokenSecret || rest.length > 0) {
    throw new DrydockError(
      'invalid_configuration',
      'the MAAS API key is not of the form consumer:token:secret; copy it whole from "maas apikey" or the user page',
    );
  }
  return { consumerKey, tokenKey, tokenSecret };
}

/**
 * The `Authorization` value: OAuth 1.0a, PLAINTEXT, empty consumer secret (reference 04 §3.1).
 * MAAS refuses a nonce that it has seen and a timestamp older than 300 s, so each attempt needs its own.
 */
export function oauthHeader(key: ApiKey, nonce: string, timestampSeconds: number): string {
  const parameters: readonly (readonly [string, string])[] = [
    ['oauth_nonce', nonce],
    ['oauth_timestamp', String(timestampSeconds)],
    ['oauth_version', '1.0'],
    ['oauth_signature_method', 'PLAINTEXT'],
    ['oauth_consumer_key', key.consumerKey],
    ['oauth_token', key.tokenKey],
    ['oauth_signature', `&${key.tokenSecret}`],
  ];
  const quoted = parameters.map(([name, value]) => `${name}="${percentEncode(value)}"`);
  return `OAuth realm="OAuth", ${quoted.join(', ')}`;
}

/** RFC 5849 §3.6: stricter than `encodeURIComponent`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
