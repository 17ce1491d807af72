import type { BackoffPolicy } from './backoff.js';
import type { ErrorClass } from './error-class.js';

/** What to do after a call that threw: it could not find out. Whether the step gets another attempt is `isRetryable`. */
export interface RetryRule {
  /** Between two tries, with full jitter. */
  readonly backoff: BackoffPolicy;
  /** Calls in a row that may end so; the last of them ends the step. Infinity: until the deadline or the budgets end it. */
  readonly tries: number;
}

/** The other side may be well again in a second; if it is not, it needs time. */
const soon: BackoffPolicy = { baseSeconds: 1, factor: 2, capSeconds: 30 };
/** Somebody else is busy with the machine, and that takes longer (networkconfig.retry_*_delay, reference 03 §11). */
const later: BackoffPolicy = { baseSeconds: 2, factor: 2, capSeconds: 60 };

const untilTheEnd: RetryRule = { backoff: soon, tries: Infinity };
/** It does not go away by trying: a few times, in case it was not what it seemed. Few enough for a BMC's lock-out. */
const aFewTimes: RetryRule = { backoff: soon, tries: 3 };

/** One row per class of error. */
export const retryRules = {
  invalid_design: aFewTimes,
  not_found: aFewTimes,
  ambiguous: aFewTimes,
  unsupported: aFewTimes,
  not_owned: aFewTimes,
  authentication: aFewTimes,
  conflict: { backoff: later, tries: Infinity },
  unavailable: untilTheEnd,
  timeout: untilTheEnd,
  machine_failed: untilTheEnd,
  not_verified: untilTheEnd,
  budget_used_up: untilTheEnd,
  worker_died: untilTheEnd,
  effect_unknown: aFewTimes,
  cancelled: aFewTimes,
  internal: aFewTimes,
} as const satisfies Record<ErrorClass, RetryRule>;

/** What a site sets otherwise, for all classes alike. */
export interface RetrySettings {
  readonly baseSeconds?: number | undefined;
  readonly capSeconds?: number | undefined;
}

/** The pause before the next try after an error of this class. */
export function retryBackoff(errorClass: ErrorClass, settings: RetrySettings = {}): BackoffPolicy {
  const { backoff } = retryRules[errorClass];
  return {
    ...backoff,
    baseSeconds: settings.baseSeconds ?? backoff.baseSeconds,
    capSeconds: settings.capSeconds ?? backoff.capSeconds,
  };
}
