import { type BackoffPolicy, backoffSeconds, type ErrorClass, type ErrorCode, isDrydockError } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { effectUnknown, isGivenUp } from './open-effect.js';

/** Calls that could not find out are tried again, ever more slowly, until the deadline of the attempt. */
const retryPolicy: BackoffPolicy = { baseSeconds: 1, factor: 2, capSeconds: 30 };

/** A defect of ours does not go away by trying: a few times, in case it was not one. */
const triesOfUnknownErrors = 3;

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
  /** An effect was announced and not settled: the step may not end before it is. */
  readonly isEffectOpen: boolean;
}

/** Where a step goes whose call threw: it could not find out, so it is tried again until its last call. */
export function judgeError(error: unknown, step: ClaimedStep, call: CallState, random: number): StepMove {
  const reason = error instanceof Error ? error.message : String(error);
  const errorClass = classify(error, call.signal);
  const isHopeless = errorClass === 'internal' && step.tries + 1 >= triesOfUnknownErrors;
  const mayEnd = step.isLastCall || isHopeless;
  if (mayEnd && !call.isEffectOpen) return { kind: 'end', end: 'failed', errorClass, reason, focus: [] };
  if (mayEnd && isGivenUp(step)) return effectUnknown(step, reason);
  const afterSeconds = backoffSeconds(retryPolicy, step.tries, random);
  return { kind: 'retry', afterSeconds, errorClass, reason };
}

function classify(error: unknown, signal: AbortSignal): ErrorClass {
  if (isDrydockError(error)) return classOfCode[error.code] ?? 'internal';
  return signal.aborted ? 'timeout' : 'internal';
}
