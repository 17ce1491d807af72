import { DrydockError } from '@drydock/model';
import type { Response } from 'got';
import { PassingFailure } from './passing-failure.js';

const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What should have come, and what to do by status when it did not. */
export interface Expectation {
  readonly wanted: string;
  readonly nextActions: Readonly<Record<number, string>>;
}

/** What a status means that is neither success nor a redirect to follow; the answer's own words are left out. */
export function statusFailure(
  place: string,
  { statusCode, headers }: Response,
  { wanted, nextActions }: Expectation,
): DrydockError {
  const nextAction = nextActions[statusCode] ?? 'check what answers there';
  const message = `${place} answered with status ${statusCode}, not with ${wanted}; ${nextAction}`;
  return passingStatuses.has(statusCode)
    ? new PassingFailure(message, { retryAfterSeconds: retryAfterOf(headers['retry-after']) })
    : new DrydockError('design_unavailable', message);
}

/** Seconds only: a date would need the server's clock. */
function retryAfterOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null;
}
