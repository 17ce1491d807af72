import { DrydockError } from '@drydock/model';
import { PassingFailure } from './passing-failure.js';

/** Full jitter below 0.5 s, then below 2 s, 5 s, 5 s …: a run that waits for its design holds its lane. */
const firstPauseMs = 500;
const pauseFactor = 4;
const longestPauseMs = 5000;

export interface RetryParts {
  readonly maxAttempts: number;
  readonly signal: AbortSignal;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Repeats what failed in passing, after a pause; a server's `Retry-After` lengthens the pause, up to 5 s.
 * @throws the last failure, which says how often it was tried; any other failure at once
 */
export async function retryPassingFailures<T>(attempt: () => Promise<T>, parts: RetryParts): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      if (tries >= parts.maxAttempts) throw lastFailure(error, tries);
      await parts.pause(pauseMs(error, tries, parts.random), parts.signal).catch(() => {
        // The time is over; what failed says more than that.
        throw lastFailure(error, tries);
      });
    }
  }
}

function pauseMs({ retryAfterSeconds }: PassingFailure, tries: number, random: () => number): number {
  const jittered = random() * Math.min(longestPauseMs, firstPauseMs * pauseFactor ** (tries - 1));
  return Math.min(longestPauseMs, Math.max(jittered, (retryAfterSeconds ?? 0) * 1000));
}

function lastFailure(failure: PassingFailure, tries: number): DrydockError {
  const message = tries === 1 ? failure.message : `${failure.message} (tried ${tries} times)`;
  return new DrydockError('design_unavailable', message, { cause: failure.cause });
}
