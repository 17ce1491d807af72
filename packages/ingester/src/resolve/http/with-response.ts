import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { isDrydockError } from '@drydock/model';
import { got, type OptionsInit, type Request, type Response } from 'got';
import type { ReferencePolicy } from '../reference-policy.js';
import { connectionFailure } from './connection-failure.js';

export interface OutgoingRequest {
  /** Without user info. */
  readonly url: URL;
  /** For messages. */
  readonly place: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON with POST; not given: GET. */
  readonly json?: unknown;
  /** Not given: the system's look-up. */
  readonly lookUp?: LookupFunction;
}

/**
 * Sends one request, once, and lets `use` read its answer, whatever the status; redirects are not followed.
 * @throws DrydockError `design_unavailable` when no answer comes, or not whole; the signal's reason when it aborts
 */
export async function withResponse<T>(
  request: OutgoingRequest,
  { policy, signal }: { readonly policy: ReferencePolicy; readonly signal: AbortSignal },
  use: (response: Response, body: Request) => Promise<T>,
): Promise<T> {
  const stream = got.stream(request.url, requestOptions(request, policy, signal));
  // What goes wrong after the answer is read, or refused, concerns nobody.
  stream.on('error', () => undefined);
  try {
    const [response] = (await once(stream, 'response', { signal })) as [Response];
    return await use(response, stream);
  } catch (error) {
    signal.throwIfAborted();
    throw isDrydockError(error) ? error : connectionFailure(request.place, error, policy);
  } finally {
    stream.destroy();
  }
}

function requestOptions(request: OutgoingRequest, policy: ReferencePolicy, signal: AbortSignal) {
  const { certificateAuthority, connectTimeoutSeconds, readTimeoutSeconds } = policy;
  const connectMs = connectTimeoutSeconds * 1000;
  const readMs = readTimeoutSeconds * 1000;
  return {
    isStream: true,
    signal,
    followRedirect: false,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    timeout: { connect: connectMs, secureConnect: connectMs, socket: readMs, response: readMs },
    // No pooled connection: one that is open already was perhaps made to an address that nobody checked.
    agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
    ...(request.lookUp === undefined ? {} : { dnsLookup: request.lookUp }),
    https: certificateAuthority === null ? {} : { certificateAuthority: [...rootCertificates, certificateAuthority] },
    headers: { 'user-agent': 'drydock', ...request.headers },
    ...(request.json === undefined ? {} : { method: 'POST' as const, json: request.json }),
  } satisfies OptionsInit & { isStream: true };
}
