import type { ShownStep } from '@drydock/model/db';
import type { StepErrorDocument } from './documents.js';
import { optionalTimestamp } from './timestamp.js';

/** What is wrong with a step that failed or is tried again, and when; null for any other. Attempts are counted from 1. */
export function stepError(step: ShownStep): StepErrorDocument | null {
  if (step.errorClass === null || step.end === 'cancelled') return null;
  return {
    class: step.errorClass,
    reason: step.reason,
    attempt: step.attempt + 1,
    max_attempts: step.maxAttempts,
    tries: step.triesTotal,
    used_up_budget: step.exhaustedBudget,
    next_try: step.end === null ? optionalTimestamp(step.notBefore) : null,
  };
}
