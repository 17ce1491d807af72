import type { User } from './call.js';
import { Refusal } from './refusal.js';

const neededParameters = [
  'oauth_consumer_key',
  'oauth_token',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_timestamp',
  'oauth_nonce',
];
const thresholdSeconds = 300;
const nonceLifeMs = 600_000;

/** OAuth 1.0a PLAINTEXT as MAAS verifies it (05 §3), with a table of spent nonces. */
export class OAuthVerifier {
  readonly #usersByConsumer = new Map<string, { user: User; token: string; secret: string }>();
  #nonces = new Map<string, number>();
  #sweptMs = 0;

  constructor(users: readonly User[]) {
    for (const user of users) {
      const [consumer = '', token = '', secret = ''] = user.apiKey.split(':');
      this.#usersByConsumer.set(consumer, { user, token, secret });
    }
  }

  /** The user who signed; null when the request is not signed. Throws a 401 when the signature does not hold. */
  verify(header: string | undefined, nowMs: number): User | null {
    const given = parseHeader(header);
    if (neededParameters.some((name) => !given.has(name))) return null;
    const known = this.#usersByConsumer.get(given.get('oauth_consumer_key') ?? '');
    if (known === undefined) throw unauthorized('Authorization Error: Invalid API key.');
    const token = given.get('oauth_token') ?? '';
    if (known.token !== token) throw unauthorized(`Authorization Error: 'Invalid access token: ${token}'`);
    requireFreshTimestamp(given.get('oauth_timestamp') ?? '', nowMs);
    this.#spendNonce(`${token} ${given.get('oauth_nonce') ?? ''}`, nowMs);
    requireSignature(given, known.secret);
    return known.user;
  }

  #spendNonce(nonce: string, nowMs: number): void {
    if (nowMs - this.#sweptMs > nonceLifeMs) {
      this.#nonces = new Map([...this.#nonces].filter(([, spentMs]) => nowMs - spentMs < nonceLifeMs));
      this.#sweptMs = nowMs;
    }
    if (this.#nonces.has(nonce))
      throw unauthorized(`Authorization Error: 'Nonce already used: ${nonce.split(' ')[1]}'`);
    this.#nonces.set(nonce, nowMs);
  }
}

/** The 401 of everything that is wrong with a signature. */
export function unauthorized(message: string): Refusal {
  return new Refusal(401, message, 'text/plain; charset=utf-8', { 'WWW-Authenticate': 'OAuth realm="OAuth"' });
}

function parseHeader(header: string | undefined): Map<string, string> {
  const given = new Map<string, string>();
  if (header === undefined || !/^oauth\b/i.test(header)) return given;
  for (const chunk of header.slice(5).split(',')) {
    const match = /^\s*([\w.]+)="([^"]*)"\s*$/.exec(chunk);
    // The scheme's realm may stand in the same chunk as a parameter; a chunk with it is dropped.
    if (match === null || chunk.includes('realm')) continue;
    given.set(match[1] ?? '', decode(match[2] ?? ''));
  }
  return given;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw new Refusal(400, `Bad Request: ${String(error)}`);
  }
}

function requireFreshTimestamp(timestamp: string, nowMs: number): void {
  const nowSeconds = Math.floor(nowMs / 1000);
  if (!/^\d+$/.test(timestamp)) throw unauthorized(`Authorization Error: 'Invalid timestamp: ${timestamp}'`);
  if (nowSeconds - Number(timestamp) > thresholdSeconds) {
    throw unauthorized(
      `Authorization Error: 'Expired timestamp: given ${timestamp} and now ${nowSeconds} has a greater difference than threshold ${thresholdSeconds}'`,
    );
  }
}

/** MAAS consumers have an empty secret: the signature is `&` and the token's secret. */
function requireSignature(given: ReadonlyMap<string, string>, secret: string): void {
  const isRight = given.get('oauth_signature_method') === 'PLAINTEXT' && given.get('oauth_signature') === `&${secret}`;
  if (!isRight) throw unauthorized("Authorization Error: 'Invalid signature.'");
}
