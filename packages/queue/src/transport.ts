import type { Job, Queue, Worker } from 'bullmq';
import type { QueueKind } from './queue-backend.js';
import type { RingData } from './ring.js';

export type RingQueue = Queue<RingData>;
export type RingJob = Job<RingData>;
export type RingWorker = Worker<RingData>;
export type Processor = (job: RingJob, token?: string) => Promise<void>;

/** Where BullMQ keeps its jobs: the only difference between the two backends. */
export interface Transport {
  readonly kind: QueueKind;
  /** A queue that rejects within seconds while the datastore is away; not yet ready. */
  makeQueue(name: string): RingQueue;
  /** A worker that does not run yet. */
  makeWorker(name: string, processor: Processor, concurrency: number): RingWorker;
  ping(): Promise<void>;
  close(): Promise<void>;
}
