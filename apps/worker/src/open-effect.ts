import type { ClaimedStep, StepMove } from '@drydock/model/db';

/** So long after the deadline an announced effect that nobody could look at ends as unknown. */
const givenUpAfterSeconds = 300;

export function isGivenUp(step: ClaimedStep): boolean {
  return step.secondsLeft < -givenUpAfterSeconds;
}

/** The end of a step whose effect was announced and could not be found out. */
export function effectUnknown(step: ClaimedStep, lastSeen: string): StepMove {
  const effect = step.openEffect?.kind ?? 'the last effect';
  const reason =
    `${effect} was begun and the machine could not be read for ${givenUpAfterSeconds} s after the deadline: ` +
    `look at the machine before you try again; last: ${lastSeen}`;
  return { kind: 'end', end: 'failed', errorClass: 'effect_unknown', reason, focus: [] };
}
