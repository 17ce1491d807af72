import type { TaskAction } from '../actions.js';
import type { TaskStatus } from '../task-moves.js';

/** Who paused what; null: nobody did. */
export interface Pause {
  readonly by: string | null;
  readonly since: number;
}

/** Where a task stands, with its lane and the living processes. Moments in milliseconds since 1970. */
export interface TaskStand {
  readonly id: string;
  readonly action: TaskAction;
  readonly status: TaskStatus;
  readonly lane: string;
  readonly snapshotHash: string | null;
  readonly startedAt: number | null;
  readonly paused: Pause | null;
  readonly lanePaused: Pause | null;
  /** Somebody asked to terminate it. */
  readonly stopping: Pause | null;
  /** A scheduler that is alive has its run. */
  readonly isDriven: boolean;
  /** What the lane runs; null: nothing. */
  readonly running: {
    readonly id: string;
    readonly action: TaskAction;
    readonly status: TaskStatus;
    readonly startedAt: number | null;
  } | null;
  /** Queued tasks of the lane that stand before it and are not paused. */
  readonly ahead: number;
  /** Alive. */
  readonly schedulers: number;
  readonly workers: number;
  readonly slots: number;
  /** The database's clock. */
  readonly now: number;
}
