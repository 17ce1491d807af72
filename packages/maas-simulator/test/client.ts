import { request as httpRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Simulator } from '../src/index.js';

export interface Answer {
  readonly statusCode: number;
  readonly text: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON body. */
  readonly json: Json;
  /** The JSON body of a list. */
  readonly list: readonly Json[];
}

/** JSON to look into without casts; a leaf is compared, not used. */
export interface Json {
  readonly [name: string]: Json;
}

export type Values = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** OAuth PLAINTEXT header of a key. */
export function oauthHeader(apiKey: string, change: Readonly<Record<string, string>> = {}): string {
  const [consumer = '', token = '', secret = ''] = apiKey.split(':');
  const parameters: Record<string, string> = {
    oauth_nonce: randomUUID(),
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_version: '1.0',
    oauth_signature_method: 'PLAINTEXT',
    oauth_consumer_key: consumer,
    oauth_token: token,
    oauth_signature: `&${secret}`,
    ...change,
  };
  const parts = Object.entries(parameters).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return ['OAuth realm="OAuth"', ...parts].join(', ');
}

/** A MAAS client for tests: urlencoded unless asked for multipart. */
export class MaasClient {
  constructor(
    private readonly simulator: Pick<Simulator, 'maasUrl'>,
    private readonly apiKey: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, values: Values = {}): Promise<Answer> {
    return this.send('POST', path, values);
  }

  put(path: string, values: Values = {}): Promise<Answer> {
    return this.send('PUT', path, values);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  send(method: string, path: string, values?: Values): Promise<Answer> {
    const entries = Object.entries(values ?? {}).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((item): [string, string] => [name, String(item)]),
    );
    const body = values === undefined ? undefined : new URLSearchParams(entries).toString();
    const headers = { Authorization: oauthHeader(this.apiKey), 'Content-Type': 'application/x-www-form-urlencoded' };
    return send(method, `${this.simulator.maasUrl}/api/2.0/${path}`, headers, body);
  }
}

/** One HTTP request. */
export function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({
          statusCode: response.statusCode ?? 0,
          text: whole.toString('utf8'),
          body: whole,
          headers: response.headers,
          get json() {
            return JSON.parse(whole.toString('utf8')) as Json;
          },
          get list() {
            return JSON.parse(whole.toString('utf8')) as Json[];
          },
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A JSON leaf as text, to be put into paths and forms. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
