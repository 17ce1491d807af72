import {
  backoffSeconds,
  type Effect,
  type ErrorClass,
  type ErrorCode,
  isDrydockError,
  retryBackoff,
  type RetryRule,
  retryRules,
  verbs,
} from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { leaveAlone } from './leave-alone.js';
import { moveOfFault } from './move-of-fault.js';
import { effectUnknown, isGivenUp } from './open-effect.js';
import type { RetryChance } from './retry-chance.js';
import { timeIsUp } from './time-is-up.js';

const classOfCode: Partial<Record<ErrorCode, ErrorClass>> = {
  fence_lost: 'unavailable',
  provisioner_unavailable: 'unavailable',
  bmc_unavailable: 'unavailable',
  database_unavailable: 'unavailable',
  provisioner_refused: 'conflict',
  bmc_refused: 'unsupported',
  secret_unreadable: 'internal',
  not_found: 'not_found',
  conflict: 'conflict',
  unauthenticated: 'authentication',
  forbidden: 'authentication',
};

export interface CallState {
  readonly signal: AbortSignal;
  /** An effect that was announced and not settled: the step may not end before it is. */
  readonly unsettledEffect: Effect | null;
}

/**
 * Where a step goes whose call threw: it could not find out, so it is tried again until its last call, or until its class
 * of error has had its tries. The budgets are the scheduler's.
 */
export function judgeError(error: unknown, step: ClaimedStep, call: CallState, chance: RetryChance): StepMove {
  const reason = error instanceof Error ? error.message : String(error);
  const { unsettledEffect } = call;
  if (isDrydockError(error, 'format_unknown')) return leaveAlone(reason);
  if (isDrydockError(error, 'driver_fault')) {
    return moveOfFault({ reason: blame(step, reason), unsettledEffect, chance }, step);
  }
  const errorClass = classify(error, call.signal);
  const rule: RetryRule = retryRules[errorClass];
  if (unsettledEffect === null && step.isLastCall) {
    return timeIsUp(step, { errorClass, reason: `the last try said: ${reason}`, state: null });
  }
  if (unsettledEffect === null && step.tries + 1 >= rule.tries) {
    return { kind: 'end', end: 'failed', errorClass, reason, focus: [] };
  }
  if (unsettledEffect !== null && isGivenUp(step)) return effectUnknown(step, unsettledEffect, reason);
  const afterSeconds = backoffSeconds(retryBackoff(errorClass, chance.settings), step.tries, chance.random);
  return { kind: 'retry', afterSeconds, errorClass, reason };
}

/** A sentence that names the driver and the verb. */
export function blame(step: Pick<ClaimedStep, 'verb'>, fault: string): string {
  return `the ${verbs[step.verb].driver} driver broke a rule in ${step.verb}: ${fault}`;
}

function classify(error: unknown, signal: AbortSignal): ErrorClass {
  if (isDrydockError(error)) return classOfCode[error.code] ?? 'internal';
  return signal.aborted ? 'timeout' : 'internal';
}
