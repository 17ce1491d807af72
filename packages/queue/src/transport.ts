import type { Job, Queue, Worker } from 'bullmq';
import type { QueueKind } from './queue-backend.js';
import type { RingData } from './ring.js';

export type RingQueue = Queue<RingData>;
export type RingJob = Job<RingData>;
export type RingWorker = Worker<RingData>;
export type Processor = (job: RingJob, token?: string) => Promise<void>;

/** BullMQ's Worker and what it does not tell itself. */
export interface MadeWorker {
  readonly worker: RingWorker;
  /** The connection that waits for jobs; null: it is there. BullMQ's own look every second goes by another one. */
  readonly listenTrouble: () => string | null;
}

/** Where BullMQ keeps its jobs: the only difference between the two backends. */
export interface Transport {
  readonly kind: QueueKind;
  /** A queue that rejects within seconds while the datastore is away; not yet ready. */
  makeQueue(name: string): RingQueue;
  /** A worker that does not run yet. */
  makeWorker(name: string, processor: Processor, concurrency: number): MadeWorker;
  ping(): Promise<void>;
  close(): Promise<void>;
}
