import type { ErrorClass } from '@drydock/model';
import type { StepNote } from '@drydock/model/db';
import type { FreshAttempt } from './cycle-changes.js';
import type { LiveStep } from './run-state.js';

/** Tells that a step which failed begins again: what was wrong, where it begins, and when. Attempts are counted from 1. */
export function noteOfAttempt(
  step: LiveStep,
  errorClass: ErrorClass | null,
  { steps, delaySeconds }: FreshAttempt,
): StepNote {
  const { attempt, maxAttempts, verb } = step.planned;
  const text =
    `attempt ${attempt + 1} of ${maxAttempts} failed (${errorClass ?? 'failed'}); attempt ${attempt + 2} begins with ` +
    `${steps[0]?.verb ?? verb} in ${delaySeconds.toFixed(1)} s`;
  return noteOn(step, text);
}

/** Tells why a step that failed does not begin again although it has attempts left. */
export function noteOfNoAttempt(step: LiveStep, budget: string): StepNote {
  const { attempt, maxAttempts } = step.planned;
  const text = `attempt ${attempt + 1} of ${maxAttempts} was the last: the retry budget of ${budget} is used up`;
  return noteOn(step, text);
}

function noteOn({ id, planned }: LiveStep, text: string): StepNote {
  const about =
    planned.nodeName === null
      ? { contextType: 'NA', context: 'NA' }
      : { contextType: 'node', context: planned.nodeName };
  return { stepId: id, text, isError: false, ...about };
}
