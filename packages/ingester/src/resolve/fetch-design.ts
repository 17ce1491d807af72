import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { unescape } from 'node:querystring';
import { DrydockError, isDrydockError } from '@drydock/model';
import { got, type OptionsInit, type Request, type Response } from 'got';
import { checkHost } from './check-address.js';
import { checkedAddresses, fixedLookup, lookUpHost, type LookUpHost } from './checked-lookup.js';
import { printableUrl } from './printable-url.js';
import type { ReferencePolicy, ResolvedReference } from './reference-policy.js';

const maxRedirects = 5;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Fetch {
  readonly policy: ReferencePolicy;
  /** Ends at the caller's wish or when the total time is over. */
  readonly signal: AbortSignal;
  readonly lookUp: LookUpHost;
}

type Answer = { readonly bytes: Uint8Array } | { readonly redirect: URL };

/**
 * Fetches an `http(s)://` reference. Every hop of a redirect is checked like the first; user info is sent as Basic
 * authentication, to the origin it was given for only, and shown to nobody.
 */
export async function fetchDesign(
  url: URL,
  policy: ReferencePolicy,
  signal: AbortSignal,
  lookUp: LookUpHost = lookUpHost,
): Promise<ResolvedReference> {
  const deadline = AbortSignal.timeout(policy.totalTimeoutSeconds * 1000);
  const fetch = { policy, signal: AbortSignal.any([signal, deadline]), lookUp };
  try {
    return await followRedirects(url, fetch);
  } catch (error) {
    if (isDrydockError(error)) throw error;
    throw new DrydockError('design_unavailable', `${printableUrl(url)} ${reasonOf(error, deadline, policy)}`, {
      cause: withoutUrl(error),
    });
  }
}

async function followRedirects(url: URL, fetch: Fetch): Promise<ResolvedReference> {
  let at = url;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    checkHost(at, fetch.policy);
    const answer = await request(at, fetch);
    if ('bytes' in answer) return { bytes: answer.bytes, source: printableUrl(url) };
    at = nextHop(at, answer.redirect);
  }
  throw new DrydockError('design_unavailable', `${printableUrl(url)} redirects more than ${maxRedirects} times`);
}

/** User info goes along within one origin only. */
function nextHop(from: URL, to: URL): URL {
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new DrydockError(
      'design_reference_refused',
      `${printableUrl(from)} redirects to ${to.protocol}, not to http or https`,
    );
  }
  const next = new URL(to);
  const isSameOrigin = from.origin === to.origin;
  next.username = isSameOrigin ? from.username : '';
  next.password = isSameOrigin ? from.password : '';
  return next;
}

async function request(url: URL, fetch: Fetch): Promise<Answer> {
  const { policy, signal } = fetch;
  const addresses = await beforeAbort(checkedAddresses(url, policy, fetch.lookUp), signal);
  const stream = got.stream(withoutUserInfo(url), requestOptions(url, { ...fetch, dnsLookup: fixedLookup(addresses) }));
  // What goes wrong after the answer is read, or refused, concerns nobody.
  stream.on('error', () => undefined);
  try {
    const [response] = (await once(stream, 'response', { signal })) as [Response];
    const redirect = redirectOf(response, url);
    return redirect === null ? { bytes: await readBody(stream, response, { url, policy }) } : { redirect };
  } finally {
    stream.destroy();
  }
}

function requestOptions(url: URL, fetch: Fetch & { dnsLookup: unknown }): OptionsInit & { isStream: true } {
  return {
    isStream: true,
    signal: fetch.signal,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: {
      connect: fetch.policy.connectTimeoutSeconds * 1000,
      secureConnect: fetch.policy.connectTimeoutSeconds * 1000,
    },
    // No pooled connection: one that is open already was perhaps made to an address that nobody checked.
    agent: { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) },
    dnsLookup: fetch.dnsLookup as NonNullable<OptionsInit['dnsLookup']>,
    headers: { accept: 'application/x-yaml, text/yaml, text/plain, */*', ...authorizationFor(url) },
  };
}

function authorizationFor(url: URL): { authorization?: string } {
  if (url.username === '' && url.password === '') return {};
  const userInfo = `${unescape(url.username)}:${unescape(url.password)}`;
  return { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` };
}

function redirectOf(response: Response, url: URL): URL | null {
  const { location } = response.headers;
  if (!redirectStatuses.has(response.statusCode) || location === undefined) return null;
  if (URL.canParse(location, url.href)) return new URL(location, url);
  throw new DrydockError('design_unavailable', `${printableUrl(url)} redirects to what is no URL`);
}

async function readBody(
  stream: Request,
  response: Response,
  { url, policy }: { url: URL; policy: ReferencePolicy },
): Promise<Uint8Array> {
  const { statusCode } = response;
  if (statusCode < 200 || statusCode > 299) {
    throw new DrydockError(
      'design_unavailable',
      `${printableUrl(url)} answered with status ${statusCode}, not with a design`,
    );
  }
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    total += bytes.length;
    if (total > policy.maxBytes) {
      throw new DrydockError(
        'design_too_large',
        `${printableUrl(url)} is larger than the limit of ${policy.maxBytes} bytes`,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function withoutUserInfo(url: URL): URL {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy;
}

async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  try {
    const aborted = once(signal, 'abort', { signal: settled.signal }).then(() => {
      throw signal.reason;
    });
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
}

function reasonOf(error: unknown, deadline: AbortSignal, policy: ReferencePolicy): string {
  if (deadline.aborted) return `did not answer in full within ${policy.totalTimeoutSeconds} s`;
  const code = (error as { code?: unknown }).code;
  if (code === 'ETIMEDOUT') return `could not be connected to within ${policy.connectTimeoutSeconds} s`;
  return `cannot be fetched (${typeof code === 'string' ? code : 'aborted'}); check the reference and the host`;
}

/** got's errors carry the whole request, credentials included; only the message is kept. */
function withoutUrl(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown error');
}
