import type { RetrySettings } from '@drydock/model';

/** What decides the pause before the next try, besides the class of the error. */
export interface RetryChance {
  /** From 0 to 1, for the jitter. */
  readonly random: number;
  readonly settings: RetrySettings;
}
