import type { Database, HolderRow, Ringable } from '@drydock/model/db';
import type { QueueBackend } from '@drydock/queue';
import type { Log, Pulse } from '@drydock/runtime';
import type { Lanes } from './lanes.js';
import type { Reach } from './reach.js';

export interface SweepParts {
  readonly db: Database;
  readonly pulse: Pulse;
  readonly queue: QueueBackend;
  readonly lanes: Lanes;
  readonly laneNames: readonly string[];
  readonly holder: HolderRow;
  readonly leaseSeconds: number;
  readonly reach: Reach;
  readonly ringSteps: (steps: readonly Ringable[]) => void;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
