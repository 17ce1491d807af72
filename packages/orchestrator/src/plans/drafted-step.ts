import type { PlannedStep, StepEnd, Verb } from '@drydock/model';

/** A need before keys are given: it names a verb of the same node, or of the site for a site-wide step. */
export interface DraftedNeed {
  readonly verb: Verb;
  readonly ended: Extract<StepEnd, 'succeeded' | 'absent'>;
}

/** A step before keys are given. */
export interface DraftedStep extends Omit<PlannedStep, 'key' | 'needs' | 'attempt'> {
  readonly needs: readonly DraftedNeed[];
}
