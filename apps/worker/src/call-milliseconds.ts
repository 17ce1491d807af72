import { verbs } from '@drydock/model';
import type { ClaimedStep } from '@drydock/model/db';

/**
 * How long a call may take before its signal aborts it: the verb's `callSeconds`, and not beyond the deadline. The last
 * call comes after the deadline, to end the step with what it finds, and has the verb's time again.
 */
export function callMilliseconds({ verb, isLastCall, secondsLeft }: ClaimedStep): number {
  const { callSeconds } = verbs[verb];
  const seconds = isLastCall ? callSeconds : Math.min(callSeconds, Math.max(0, secondsLeft));
  return Math.ceil(seconds * 1000);
}
