import type { Verb } from './verbs.js';

/** How a step ended. `absent`: it worked, and what it looked for is not there. */
export type StepEnd = 'succeeded' | 'absent' | 'failed' | 'skipped' | 'cancelled';

/** The step's place in its plan: a whole number from 0, unique in the task, growing as attempts are added. */
export type StepKey = number;

/** An edge: this step waits until that step ended so. It can wait for an answer, never for a failure. */
export interface Need {
  readonly step: StepKey;
  readonly ended: 'succeeded' | 'absent';
}

export interface PlannedStep {
  readonly key: StepKey;
  readonly verb: Verb;
  /** Null for a site-wide step. */
  readonly nodeName: string | null;
  readonly needs: readonly Need[];
  /** Ready when all needs are met, or when any is. */
  readonly join: 'all' | 'any';
  /** Counts from 0; grows when the plan begins again at this verb or an earlier one. */
  readonly attempt: number;
  /** How often the step may be executed in all, the first time included. */
  readonly maxAttempts: number;
  /** The verb at which a new attempt begins; null: this one. */
  readonly retryFrom: Verb | null;
  /** Seconds from the first claim of an attempt. */
  readonly deadlineSeconds: number;
}

/** What will be done, as data. */
export interface Plan {
  readonly format: 1;
  readonly steps: readonly PlannedStep[];
}
