import { verbs, type Verb } from '@drydock/model';

/** The numbers that a plan takes from the configuration. */
export interface StepLimits {
  /** Deadline of one attempt per verb, in seconds from its first claim. */
  readonly deadlineSeconds: Readonly<Record<Verb, number>>;
}

/** The deadlines of the table of verbs, in seconds, with those that a site sets otherwise. */
export function stepLimits(deadlineSeconds: Partial<Readonly<Record<Verb, number>>> = {}): StepLimits {
  const defaults = Object.fromEntries(
    Object.entries(verbs).map(([verb, row]) => [verb, row.deadlineMinutes * 60]),
  ) as Record<Verb, number>;
  return { deadlineSeconds: { ...defaults, ...deadlineSeconds } };
}
