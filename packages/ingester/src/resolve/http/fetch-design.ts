import { createHash } from 'node:crypto';
import { DrydockError } from '@drydock/model';
import type { Request, Response } from 'got';
import { checkHost, checkLiteralAddress } from '../check-address.js';
import { printableUrl } from '../printable-url.js';
import type { ReferencePolicy } from '../reference-policy.js';
import type { Authorization } from './authorization.js';
import { checkedAddresses, fixedLookup, type LookUpHost } from './checked-lookup.js';
import { conditionalHeaders, validatorsOf } from './conditional-request.js';
import type { CachedDocument, DocumentCache } from './document-cache.js';
import { followRedirects, type Hop } from './follow-redirects.js';
import { isHtml } from './is-html.js';
import { readBody } from './read-body.js';
import { statusFailure, type Expectation } from './status-failure.js';
import { withResponse } from './with-response.js';

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const documentStatuses: ReadonlySet<number> = new Set([200, 203]);

const wrongPath = 'check the path of the reference';
const expectation: Expectation = {
  wanted: 'a design',
  nextActions: {
    401: 'check the account (user info of the reference, or the Keystone account); a redirect to another host takes none along',
    403: 'give the account the right to read it',
    404: wrongPath,
    410: wrongPath,
  },
};

export interface DesignFetch {
  /** What the cache knows the document by: the reference and who asks. */
  readonly cacheScope: string;
  readonly policy: ReferencePolicy;
  readonly authorization: Authorization;
  readonly signal: AbortSignal;
  readonly lookUp: LookUpHost;
  readonly cache: DocumentCache;
}

type Answer =
  | { readonly redirect: URL }
  | { readonly unauthorized: DrydockError }
  | { readonly unchanged: CachedDocument }
  | { readonly fresh: CachedDocument; readonly mayKeep: boolean };

/**
 * Fetches a document once, over all its redirects, each checked like the first. What is in the cache serves only when
 * the server confirms it now.
 * @throws DrydockError `design_reference_refused`, `design_unavailable`, `design_too_large`
 */
export async function fetchDesign(url: URL, fetch: DesignFetch): Promise<Uint8Array<ArrayBuffer>> {
  const key = createHash('sha256').update(`${fetch.cacheScope}\n${url.href}`).digest('hex');
  const cached = fetch.cache.find(key);
  const answer = await followRedirects(url, (hop) => askAuthorized(hop, cached, fetch));
  if ('unauthorized' in answer) throw answer.unauthorized;
  if ('unchanged' in answer) return answer.unchanged.bytes.slice();
  if (answer.mayKeep) fetch.cache.keep(key, answer.fresh);
  else fetch.cache.drop(key);
  return answer.fresh.bytes;
}

/** A 401 may mean that a token ended early: once, a new one is tried. */
async function askAuthorized(hop: Hop, cached: CachedDocument | null, fetch: DesignFetch): Promise<Answer> {
  const answer = await ask(hop, cached, fetch);
  const isRenewed = 'unauthorized' in answer && hop.isHome && fetch.authorization.renew();
  return isRenewed ? await ask(hop, cached, fetch) : answer;
}

async function ask({ url, isHome }: Hop, cached: CachedDocument | null, fetch: DesignFetch): Promise<Answer> {
  checkHost(url, fetch.policy);
  checkLiteralAddress(url, fetch.policy);
  const known = cached?.url === url.href ? cached : null;
  const addresses = await checkedAddresses(url, fetch);
  const credentials = isHome ? await fetch.authorization.headers(fetch.signal) : {};
  const request = {
    url,
    place: printableUrl(url),
    headers: {
      accept: 'application/x-yaml, text/yaml, text/plain, */*',
      ...(known === null ? {} : conditionalHeaders(known.validators)),
      ...credentials,
    },
    lookUp: fixedLookup(addresses),
  };
  return await withResponse(request, fetch, (response, stream) => answerOf({ response, stream, url, known }, fetch));
}

interface Received {
  readonly response: Response;
  readonly stream: Request;
  readonly url: URL;
  readonly known: CachedDocument | null;
}

async function answerOf({ response, stream, url, known }: Received, { policy }: DesignFetch): Promise<Answer> {
  const place = printableUrl(url);
  const { statusCode, headers } = response;
  if (redirectStatuses.has(statusCode) && headers.location !== undefined) {
    return { redirect: redirectTarget(headers.location, url) };
  }
  if (statusCode === 304 && known !== null) return { unchanged: known };
  if (statusCode === 401) return { unauthorized: statusFailure(place, response, expectation) };
  if (!documentStatuses.has(statusCode)) throw statusFailure(place, response, expectation);
  const bytes = await readBody(response, stream, { place, maxBytes: policy.maxBytes });
  if (isHtml(bytes, headers['content-type'])) throw webPage(place);
  const validators = validatorsOf(headers);
  return { fresh: { url: url.href, validators: validators ?? noValidators, bytes }, mayKeep: validators !== null };
}

const noValidators = { etag: null, lastModified: null };

function redirectTarget(location: string, url: URL): URL {
  if (URL.canParse(location, url.href)) return new URL(location, url);
  throw new DrydockError('design_unavailable', `${printableUrl(url)} redirects to what is no URL`);
}

function webPage(place: string): DrydockError {
  return new DrydockError(
    'design_unavailable',
    `${place} answered with an HTML page, not with a design: often a log-in form or a viewer; give the URL of the plain file`,
  );
}
