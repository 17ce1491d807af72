import type { ShownLane } from '@drydock/model/db';
import { optionalTimestamp } from './timestamp.js';

export interface LaneDocument {
  readonly name: string;
  /** Above so many queued tasks it takes no more. */
  readonly max_queued: number;
  readonly queued: number;
  /** Id of the task that runs in it. */
  readonly running: string | null;
  /** Since when; null: it is not paused. */
  readonly paused: string | null;
  readonly paused_by: string | null;
}

export function laneDocument(lane: ShownLane): LaneDocument {
  return {
    name: lane.name,
    max_queued: lane.maxQueued,
    queued: lane.queued,
    running: lane.runningTaskId,
    paused: optionalTimestamp(lane.pausedAt),
    paused_by: lane.pausedBy,
  };
}
