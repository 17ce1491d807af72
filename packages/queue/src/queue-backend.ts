import type { BaseAdapter } from '@bull-board/api/baseAdapter';
import type { ConsumeOptions, Consumer } from './consumer.js';
import type { Ring } from './ring.js';
import type { ActiveJob } from './rung-job.js';

export type QueueKind = 'redis' | 'postgres';

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  /** Put back and not yet due. */
  readonly delayed: number;
  readonly completed: number;
  readonly failed: number;
}

/**
 * BullMQ on Redis or on Postgres. It wakes processes up and decides nothing: every job in it may be lost, doubled or late.
 *
 * All methods may be repeated. They reject within seconds, with the datastore's own error, while it cannot be reached.
 */
export interface QueueBackend {
  readonly kind: QueueKind;
  /** Adds jobs in order; an id that BullMQ still keeps is dropped without a word. Throws `queue_refused`, see `Ring`. */
  ring(queue: string, rings: readonly Ring[]): Promise<void>;
  /** Starts to pick up jobs. */
  consume(queue: string, options: ConsumeOptions): Promise<Consumer>;
  /** Jobs of the queue that may be active at once over all processes. `FLUSHALL` drops it: set it again by a sweep. */
  setGlobalConcurrency(queue: string, limit: number): Promise<void>;
  /** Ids that wait or were put back, at most `limit` of each: what a sweep need not ring again. */
  waitingIds(queue: string, limit: number): Promise<readonly string[]>;
  /** Whether the job waits or was put back. */
  hasWaitingJob(queue: string, id: string): Promise<boolean>;
  /** At most the first hundred. */
  activeJobs(queue: string): Promise<readonly ActiveJob[]>;
  /**
   * Removes an active job whatever lock its holder, dead or alive, still has on it; false when it was not active.
   * A living holder's handler goes on, and its end is reported to its `onError`.
   */
  removeActive(queue: string, id: string): Promise<boolean>;
  counts(queue: string): Promise<QueueCounts>;
  /** The queues for Bull Board, read-only. */
  boardQueues(queues: readonly string[]): Promise<BaseAdapter[]>;
  /** Resolves when the datastore answers. */
  ping(): Promise<void>;
  /** Closes what is open; consumers still there get no grace. */
  close(): Promise<void>;
}
