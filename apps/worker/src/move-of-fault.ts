import { backoffSeconds, type Effect, retryBackoff } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { effectUnknown, isGivenUp } from './open-effect.js';
import type { RetryChance } from './retry-chance.js';

export interface DriverFault {
  /** Names the driver, the verb and the rule that was broken. */
  readonly reason: string;
  /** An effect that was announced and not settled: the step may not end before it is. */
  readonly unsettledEffect: Effect | null;
  readonly chance: RetryChance;
}

/**
 * Where a step goes whose driver broke a rule of the port: it fails, unless an effect is open. Then it is called again,
 * so that the next call finds the open intent and reads; nothing ends it before the effect is given up.
 */
export function moveOfFault({ reason, unsettledEffect, chance }: DriverFault, step: ClaimedStep): StepMove {
  if (unsettledEffect === null) return { kind: 'end', end: 'failed', errorClass: 'internal', reason, focus: [] };
  if (isGivenUp(step)) return effectUnknown(step, unsettledEffect, reason);
  return {
    kind: 'retry',
    afterSeconds: backoffSeconds(retryBackoff('internal', chance.settings), step.tries, chance.random),
    errorClass: 'internal',
    reason,
  };
}
