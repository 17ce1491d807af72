import type { Progress } from '@drydock/model';

export interface ScriptedProgress extends Progress {
  readonly format: 1;
  /** Calls that ended by waiting, so far in this attempt. */
  readonly calls: number;
  /** The effect of this attempt has been done. */
  readonly isActed: boolean;
  /** When the observed thing changes; null: nothing is observed. */
  readonly changesAtMilliseconds: number | null;
}

const nothing: ScriptedProgress = { format: 1, calls: 0, isActed: false, changesAtMilliseconds: null };

export function readProgress(progress: Progress | null): ScriptedProgress {
  return { ...nothing, ...progress, format: 1 };
}
