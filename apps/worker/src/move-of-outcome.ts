import type { Effect, StepOutcome } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';
import { effectUnknown, isGivenUp } from './open-effect.js';
import { stateOf, timeIsUp, timeIsUpForDriver } from './time-is-up.js';

type Kind = StepOutcome['kind'];
type OutcomeOf<K extends Kind> = Extract<StepOutcome, { kind: K }>;
type EndMove = Extract<StepMove, { kind: 'end' }>;

/** The end of a step that did what it should. */
const good = (end: EndMove['end'], focus: EndMove['focus'] = []): StepMove => ({
  kind: 'end',
  end,
  errorClass: null,
  reason: null,
  focus,
});

const moves: {
  readonly [K in Kind]: (outcome: OutcomeOf<K>, step: ClaimedStep, unsettledEffect: Effect | null) => StepMove;
} = {
  done: ({ focus }) => good('succeeded', focus),
  absent: ({ focus }) => good('absent', focus),
  failed: (outcome, step) => {
    const { errorClass, reason, focus = [] } = outcome;
    const end = step.stopping && errorClass === 'cancelled' ? 'cancelled' : 'failed';
    return { kind: 'end', end, errorClass, reason, ...timeIsUpForDriver(step, outcome), focus };
  },
  waiting: moveOfWait,
};

/**
 * Where a step goes after its driver has answered, when the answer was not refused. A call past the deadline does not
 * wait any more, except for an effect that is announced and not settled.
 */
export function moveOfOutcome<K extends Kind>(
  outcome: OutcomeOf<K>,
  step: ClaimedStep,
  unsettledEffect: Effect | null,
): StepMove {
  return moves[outcome.kind](outcome, step, unsettledEffect);
}

/** An effect that must be settled after the deadline, or before a task can stop, is looked for this often. */
const lookAgainSeconds = 5;

function moveOfWait(outcome: OutcomeOf<'waiting'>, step: ClaimedStep, unsettledEffect: Effect | null): StepMove {
  const state = stateOf(outcome);
  if (unsettledEffect !== null && (step.isLastCall || step.stopping)) {
    if (isGivenUp(step)) return effectUnknown(step, unsettledEffect, state ?? 'the machine gave no answer');
    const afterSeconds = 'afterSeconds' in outcome.wake ? outcome.wake.afterSeconds : lookAgainSeconds;
    return { kind: 'wait', afterSeconds, observe: null, state };
  }
  if (step.isLastCall) {
    return timeIsUp(step, { errorClass: 'timeout', reason: 'the step still waited', state });
  }
  return 'observe' in outcome.wake
    ? { kind: 'wait', afterSeconds: null, observe: outcome.wake.observe, state }
    : { kind: 'wait', afterSeconds: outcome.wake.afterSeconds, observe: null, state };
}
