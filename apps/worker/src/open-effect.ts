import { type Effect, unknownEffectSeconds } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';

/** Nobody could look at an announced effect for too long: since the deadline, or since the task was asked to stop. */
export function isGivenUp(step: Pick<ClaimedStep, 'secondsLeft' | 'stopping' | 'stoppingForSeconds'>): boolean {
  const isStopped = step.stopping && (step.stoppingForSeconds ?? 0) > unknownEffectSeconds;
  return isStopped || step.secondsLeft < -unknownEffectSeconds;
}

/** The end of a step whose effect was announced and could not be found out. Its scheduler keeps the machine shut. */
export function effectUnknown(step: ClaimedStep, effect: Effect, lastSeen: string): StepMove {
  const since = step.stopping ? 'the task was stopped' : 'the deadline';
  const reason =
    `${effect.kind} was begun and the machine could not be read for ${unknownEffectSeconds} s after ${since}: ` +
    `look at the machine before you try again; it stays closed for ${unknownEffectSeconds} s more; last: ${lastSeen}`;
  return { kind: 'end', end: 'failed', errorClass: 'effect_unknown', reason, focus: [] };
}
