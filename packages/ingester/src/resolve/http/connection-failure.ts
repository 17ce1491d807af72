import { DrydockError } from '@drydock/model';
import { TimeoutError } from 'got';
import type { ReferencePolicy } from '../reference-policy.js';
import { PassingFailure } from './passing-failure.js';

const passingCodes: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
  // A compressed body that ends too early.
  'Z_BUF_ERROR',
]);

const certificateCode = /CERT|SIGNATURE|ISSUER|TLS/;

/** What it means that an answer did not come, or not whole. */
export function connectionFailure(place: string, error: unknown, policy: ReferencePolicy): DrydockError {
  const cause = withoutRequest(error);
  if (error instanceof TimeoutError) return new PassingFailure(`${place} ${timeoutText(error, policy)}`, { cause });
  const given = (error as { readonly code?: unknown }).code;
  const code = typeof given === 'string' ? given : 'no further reason';
  const message = `${place} cannot be fetched (${code}); ${nextAction(code)}`;
  return passingCodes.has(code)
    ? new PassingFailure(message, { cause })
    : new DrydockError('design_unavailable', message, { cause });
}

const connecting: ReadonlySet<string> = new Set(['lookup', 'connect', 'secureConnect']);

function timeoutText({ event }: TimeoutError, policy: ReferencePolicy): string {
  return connecting.has(event)
    ? `could not be connected to within ${policy.connectTimeoutSeconds} s`
    : `sent nothing for ${policy.readTimeoutSeconds} s`;
}

function nextAction(code: string): string {
  return certificateCode.test(code)
    ? 'its certificate is not trusted: check the host, or DRYDOCK_DESIGN_CA_FILE'
    : 'check the reference and the host';
}

/** got's errors carry the whole request, credentials included; only the name is kept. */
function withoutRequest(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown error');
}
