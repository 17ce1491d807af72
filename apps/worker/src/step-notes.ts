import type { StatusNote } from '@drydock/model';
import type { ClaimedStep, StepMove } from '@drydock/model/db';

/** The user hears of the first failure and of the last, not of every try between. */
export function notesOfError(move: StepMove, step: ClaimedStep): readonly StatusNote[] {
  if (move.kind === 'end') return [noteOfEnd(move, step)];
  if ((move.kind !== 'retry' && move.kind !== 'leave') || step.tries > 0) return [];
  const text = move.kind === 'leave' ? move.reason : textOfRetry(move, step);
  return [{ ...aboutTarget(step), text, isError: false }];
}

/** Attempts and tries are counted from 1. */
function textOfRetry(move: Extract<StepMove, { kind: 'retry' }>, step: ClaimedStep): string {
  const { reason, errorClass, afterSeconds } = move;
  const which = `try ${step.triesTotal + 1} of attempt ${step.attempt + 1}`;
  return `${reason} (${errorClass}; ${which}, tried again in ${afterSeconds.toFixed(1)} s)`;
}

/** Why the step failed, as the user reads it. */
export function noteOfEnd(move: Extract<StepMove, { kind: 'end' }>, step: ClaimedStep): StatusNote {
  return { ...aboutTarget(step), text: move.reason ?? `${step.verb} failed`, isError: true };
}

function aboutTarget(step: ClaimedStep): { readonly contextType: string; readonly context: string } {
  return step.nodeName === null
    ? { contextType: 'NA', context: 'NA' }
    : { contextType: 'node', context: step.nodeName };
}
