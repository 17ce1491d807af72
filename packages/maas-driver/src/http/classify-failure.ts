import { AbortError, RequestError, TimeoutError } from 'got';
import { MaasError, type MaasErrorFacts, type MaasErrorKind } from './maas-error.js';
import type { Redactor } from './redactor.js';

/** A response as far as a failure needs it. */
export interface FailedResponse {
  readonly statusCode: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Meaning {
  readonly kind: MaasErrorKind;
  readonly nextAction: string;
}

const meanings: Readonly<Record<number, Meaning>> = {
  400: { kind: 'validation', nextAction: 'correct the named value in the design' },
  401: { kind: 'authentication', nextAction: 'check MAAS_API_KEY' },
  403: { kind: 'forbidden', nextAction: 'give the API user administrator rights, or unlock the machine' },
  404: { kind: 'not_found', nextAction: 'look whether somebody deleted it in MAAS' },
  409: { kind: 'conflict', nextAction: 'look at the state of the machine in MAAS' },
  429: { kind: 'busy', nextAction: 'it is tried again' },
  500: { kind: 'server_failed', nextAction: 'look at the regiond log of MAAS' },
};
const redirected: Meaning = {
  kind: 'protocol',
  nextAction: 'set MAAS_URL to where MAAS really is, not to what redirects',
};
const gateway: Meaning = { kind: 'unavailable', nextAction: 'check that the MAAS region is up' };

/** Codes of failures before a byte was sent. */
const codesBeforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const clockSkewLimitMs = 60_000;

export interface FailedRequest {
  /** `POST machines/abc123/?op=deploy`, without any value. */
  readonly text: string;
  readonly baseUrl: string;
}

/** What a response with a status other than 2xx means (reference 04 R-3). */
export function failureOfResponse(request: FailedRequest, response: FailedResponse, redact: Redactor): MaasError {
  const retryAfterSeconds = retryAfterOf(response);
  const meaning = meaningOf(response.statusCode, retryAfterSeconds);
  const text = redact(response.text);
  const facts: MaasErrorFacts = { status: response.statusCode, text, retryAfterSeconds };
  const skew = response.statusCode === 401 ? clockSkewOf(response) : null;
  const nextAction = skew === null ? meaning.nextAction : `set the clocks: MAAS's differs from ours by ${skew} seconds`;
  return new MaasError(
    meaning.kind,
    `MAAS at ${request.baseUrl} answered ${request.text} with ${response.statusCode}: ${text}; ${nextAction}`,
    facts,
  );
}

/** What it means that no response came. */
export function failureWithoutResponse(request: FailedRequest, error: unknown, redact: Redactor): MaasError {
  const facts = { status: null, text: redact(String(error)), retryAfterSeconds: null };
  const kind = kindWithoutResponse(error);
  const reason = error instanceof Error ? redact(error.message) : 'unknown';
  return new MaasError(
    kind,
    `MAAS at ${request.baseUrl} did not answer ${request.text}: ${reason}; check that it is up and reachable`,
    facts,
    { cause: error },
  );
}

function kindWithoutResponse(error: unknown): MaasErrorKind {
  if (error instanceof TimeoutError)
    return error.event === 'connect' || error.event === 'lookup' ? 'not_sent' : 'timeout';
  if (error instanceof AbortError) return 'timeout';
  if (error instanceof RequestError && codesBeforeSending.has(error.code)) return 'not_sent';
  return 'unavailable';
}

function meaningOf(status: number, retryAfterSeconds: number | null): Meaning {
  const rolledBack = (status === 409 || status === 503) && retryAfterSeconds !== null;
  if (rolledBack) return { kind: 'busy', nextAction: 'it is tried again' };
  if (status < 400) return redirected;
  return meanings[status] ?? (status >= 500 ? gateway : { kind: 'validation', nextAction: 'report this as a defect' });
}

function retryAfterOf(response: FailedResponse): number | null {
  const header = headerOf(response, 'retry-after');
  if (header === null) return null;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 5;
}

function clockSkewOf(response: FailedResponse): number | null {
  const theirs = Date.parse(headerOf(response, 'date') ?? '');
  const differenceMs = Math.abs(Date.now() - theirs);
  return Number.isFinite(differenceMs) && differenceMs > clockSkewLimitMs ? Math.round(differenceMs / 1000) : null;
}

function headerOf(response: FailedResponse, name: string): string | null {
  const value = response.headers[name];
  return typeof value === 'string' ? value : null;
}
