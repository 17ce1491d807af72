import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { sendLean } from './lean-request.js';
import { got, type Got } from 'got';
import { oauthHeader, type ApiKey } from './oauth-header.js';
import type { CallClass, TimeLimits } from './time-limits.js';

export interface Connection {
  /** By the class of the call. Made once: whatever got is told per request it checks and merges each time. */
  readonly got: Readonly<Record<CallClass, Got>>;
  close(): void;
}

export interface ConnectionLimits {
  readonly maxSockets: number;
  readonly timeLimits: TimeLimits;
}

/** What a request brings along. */
export interface SendContext {
  /** Throws when it may not be sent any more. */
  readonly check?: () => void;
}

/** Beside the first try. */
const readRetries = 2;
const retryStatusCodes = [429, 500, 502, 503, 504];

/** got with kept-alive sockets, our signature, and its own retry for reads only (reference 04 ). */
export function openConnection(baseUrl: string, key: ApiKey, limits: ConnectionLimits): Connection {
  const { maxSockets, timeLimits } = limits;
  const agent = {
    http: new HttpAgent({ keepAlive: true, maxSockets }),
    https: new HttpsAgent({ keepAlive: true, maxSockets }),
  };
  const client = got.extend({
    prefixUrl: `${baseUrl}/api/2.0`,
    agent,
    request: sendLean,
    responseType: 'buffer',
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
        ({ context }) => (context as unknown as SendContext).check?.(),
      ],
    },
  });
  const within = (limit: CallClass) =>
    client.extend({ timeout: { connect: timeLimits.connectSeconds * 1000, request: timeLimits[limit] * 1000 } });
  return {
    got: {
      readSeconds: within('readSeconds'),
      listSeconds: within('listSeconds'),
      writeSeconds: within('writeSeconds'),
      machineSeconds: within('machineSeconds'),
    },
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}
