import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { DrydockError } from '@drydock/model';
import { got, RequestError, type Got, type OptionsInit } from 'got';
import type { RedfishConfig } from '../oob-config.js';
import type { BmcEndpoint } from './bmc-endpoint.js';
import { bmcUnavailable } from './bmc-unavailable.js';
import { linkTarget } from './link-target.js';

export interface BmcRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A link as the BMC gave it; only its path is used, the host is always the endpoint's. */
  readonly link: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Monotonic milliseconds after which a write must not begin. */
  readonly sendBefore?: number;
  readonly signal: AbortSignal;
}

export interface BmcAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; null when there is none. */
  readonly body: unknown;
}

export interface BmcTransport {
  /** @throws DrydockError `bmc_unavailable` when no answer came; `neverSent` tells whether the BMC can have seen the request */
  send(request: BmcRequest): Promise<BmcAnswer>;
  close(): void;
}

const codesBeforeAnyByte = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);
const unsentErrors = new WeakSet<object>();

/** True when the BMC cannot have seen the request. */
export function wasNeverSent(error: unknown): boolean {
  return typeof error === 'object' && error !== null && unsentErrors.has(error);
}

/** One connection to one BMC, for one call. */
export function createBmcTransport(endpoint: BmcEndpoint, config: RedfishConfig): BmcTransport {
  const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const client = createClient(agent, config);
  return {
    async send(request) {
      unsentIfThrown(() => refuseWhenLate(request));
      const { pathname, search } = unsentIfThrown(() => linkTarget(request.link, endpoint));
      try {
        const answer = await client(`${endpoint.origin}${pathname}${search}`, requestOptions(request, config));
        return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: parseBody(answer.body) };
      } catch (error) {
        request.signal.throwIfAborted();
        if (!(error instanceof RequestError)) throw error;
        const unavailable = bmcUnavailable(endpoint, `${request.method} ${pathname} ended with ${error.code}`);
        if (codesBeforeAnyByte.has(error.code)) unsentErrors.add(unavailable);
        throw unavailable;
      }
    },
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/** A BMC's redirect could lead anywhere, so none is followed. GET alone is repeated, once and soon. */
function createClient(agent: { http: HttpAgent; https: HttpsAgent }, config: RedfishConfig): Got {
  return got.extend({
    agent,
    throwHttpErrors: false,
    followRedirect: false,
    retry: {
      limit: 1,
      methods: ['GET'],
      statusCodes: [429, 502, 503, 504],
      calculateDelay: ({ computedValue }) => Math.min(computedValue, 250),
    },
    https: {
      rejectUnauthorized: config.tls.rejectUnauthorized,
      ...(config.tls.ca === undefined ? {} : { certificateAuthority: config.tls.ca }),
    },
    headers: { accept: 'application/json', 'odata-version': '4.0', 'user-agent': 'drydock' },
  });
}

function requestOptions(request: BmcRequest, config: RedfishConfig) {
  const requestMilliseconds = config.requestTimeoutSeconds * 1000;
  const left =
    request.sendBefore === undefined ? requestMilliseconds : Math.max(1, request.sendBefore - performance.now());
  return {
    method: request.method,
    headers: { ...request.headers },
    signal: request.signal,
    timeout: { connect: left, secureConnect: left, send: left, request: requestMilliseconds },
    ...(request.json === undefined ? {} : { json: request.json }),
  } satisfies OptionsInit;
}

function refuseWhenLate({ sendBefore, method, link }: BmcRequest): void {
  if (sendBefore === undefined || performance.now() < sendBefore) return;
  throw new DrydockError('fence_lost', `${method} ${link} was announced too long ago to be sent`);
}

/** For what comes before the request. */
function unsentIfThrown<Result>(prepare: () => Result): Result {
  try {
    return prepare();
  } catch (error) {
    if (typeof error === 'object' && error !== null) unsentErrors.add(error);
    throw error;
  }
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): BmcAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** Some BMCs answer errors in HTML: what is no JSON counts as no body, and the reader of a resource says so. */
function parseBody(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
