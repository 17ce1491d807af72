import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresConnection, PostgresQueueBackend, type QueueBaseOptions } from 'bullmq';
import type { BullmqPool } from './bullmq-pool.js';

/** A wait that ends sooner did not block: BullMQ's look for a waiting job ended it. */
const briefWaitMilliseconds = 20;
/** Two workers that race for one job see this too, once; only a row of them is a closed door. */
const fruitlessWakesAllowed = 5;
const longestPauseMilliseconds = 1_000;

/**
 * BullMQ's Postgres backend wakes a worker whenever a job waits, also when global concurrency forbids to take it: an
 * idle scheduler beside a lane's running job would ask thousands of times a second. This one pauses, longer each time.
 */
export class PacedPostgresBackend extends PostgresQueueBackend {
  #fruitlessWakes = 0;
  #stopping = new AbortController();

  constructor(pool: BullmqPool, queue: string, options: QueueBaseOptions<BullmqPool>) {
    super(new PostgresConnection(pool), queue, options);
  }

  override async moveToActive(...args: Parameters<PostgresQueueBackend['moveToActive']>): Promise<unknown[]> {
    const next = await super.moveToActive(...args);
    if (next[0]) this.#fruitlessWakes = 0;
    return next;
  }

  override async waitForJob(blockTimeout: number): Promise<Awaited<ReturnType<PostgresQueueBackend['waitForJob']>>> {
    const startedAt = performance.now();
    const wake = await super.waitForJob(blockTimeout);
    const isBrief = wake !== null && performance.now() - startedAt < briefWaitMilliseconds;
    this.#fruitlessWakes = isBrief ? this.#fruitlessWakes + 1 : 0;
    const beyond = this.#fruitlessWakes - fruitlessWakesAllowed;
    if (beyond > 0) await this.#pause(Math.min(10 * 2 ** beyond, longestPauseMilliseconds));
    return wake;
  }

  override async disconnectBlocking(): Promise<void> {
    this.#stopping.abort();
    await super.disconnectBlocking();
  }

  override async reconnectBlocking(): Promise<void> {
    this.#stopping = new AbortController();
    await super.reconnectBlocking();
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal }).catch((error: unknown) => {
      // Closing ends the pause.
      if (!this.#stopping.signal.aborted) throw error;
    });
  }
}
