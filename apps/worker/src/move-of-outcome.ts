import type { StepOutcome } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { effectUnknown, isGivenUp } from './open-effect.js';

/**
 * Where a step goes after its driver has answered. A call past the deadline does not wait any more, except for an
 * effect that is announced and not settled.
 */
export function moveOfOutcome(outcome: StepOutcome, step: ClaimedStep, isEffectOpen: boolean): StepMove {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'end', end: 'succeeded', errorClass: null, reason: null, focus: outcome.focus ?? [] };
    case 'absent':
      return { kind: 'end', end: 'absent', errorClass: null, reason: null, focus: outcome.focus ?? [] };
    case 'failed':
      return {
        kind: 'end',
        end: step.stopping && outcome.errorClass === 'cancelled' ? 'cancelled' : 'failed',
        errorClass: outcome.errorClass,
        reason: outcome.reason,
        focus: outcome.focus ?? [],
      };
    case 'waiting':
      return moveOfWait(outcome, step, isEffectOpen);
  }
}

type Waiting = Extract<StepOutcome, { kind: 'waiting' }>;

/** An effect that must be settled after the deadline is looked for this often. */
const lookAgainSeconds = 5;

function moveOfWait(outcome: Waiting, step: ClaimedStep, isEffectOpen: boolean): StepMove {
  if (!step.isLastCall) {
    return 'observe' in outcome.wake
      ? { kind: 'wait', afterSeconds: null, observe: outcome.wake.observe }
      : { kind: 'wait', afterSeconds: outcome.wake.afterSeconds, observe: null };
  }
  const last = outcome.notes.at(-1)?.text;
  if (!isEffectOpen) {
    const reason = `the deadline passed while the step still waited${last ? `; last: ${last}` : ''}`;
    return { kind: 'end', end: 'failed', errorClass: 'timeout', reason, focus: [] };
  }
  if (isGivenUp(step)) return effectUnknown(step, last ?? 'the machine gave no answer');
  const afterSeconds = 'afterSeconds' in outcome.wake ? outcome.wake.afterSeconds : lookAgainSeconds;
  return { kind: 'wait', afterSeconds, observe: null };
}
