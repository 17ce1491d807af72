import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { got, type Got } from 'got';
import { oauthHeader, type ApiKey } from './oauth-header.js';

export interface Connection {
  readonly got: Got;
  close(): void;
}

/** Beside the first try. */
const readRetries = 2;
const retryStatusCodes = [429, 500, 502, 503, 504];

/** got with kept-alive sockets, our signature, and its own retry for reads only (reference 04 ). */
export function openConnection(baseUrl: string, key: ApiKey, maxSockets: number): Connection {
  const agent = {
    http: new HttpAgent({ keepAlive: true, maxSockets }),
    https: new HttpsAgent({ keepAlive: true, maxSockets }),
  };
  const client = got.extend({
    prefixUrl: `${baseUrl}/api/2.0`,
    agent,
    headers: { accept: 'application/json', 'user-agent': 'drydock' },
    throwHttpErrors: false,
    followRedirect: false,
    retry: {
      limit: readRetries,
      methods: ['GET'],
      statusCodes: retryStatusCodes,
      maxRetryAfter: 5000,
      backoffLimit: 2000,
    },
    hooks: {
      // Runs for every attempt, so each has its own nonce and time.
      beforeRequest: [
        (options) => {
          const nonce = randomBytes(16).toString('hex');
          options.headers['authorization'] = oauthHeader(key, nonce, Math.floor(Date.now() / 1000));
        },
      ],
    },
  });
  return {
    got: client,
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}
