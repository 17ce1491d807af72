import type { QueueBaseOptions } from 'bullmq';
import { endedJobsKept } from '../bullmq-settings.js';
import type { BullmqPool } from './bullmq-pool.js';
import { PacedPostgresBackend } from './paced-postgres-backend.js';

const trimEveryJobs = 200;
const trimEveryMilliseconds = 60_000;

/** One trimmer per queue at a time, for two that delete the same rows wait for each other. */
const trimStatement = `
  delete from job
   where queue = $1 and state = $2
     and pg_try_advisory_xact_lock(hashtext('drydock:trim:' || $1))
     and (finished_at_ms < $3 or id in (
       select id from job where queue = $1 and state = $2 order by finished_at_ms desc, seq desc offset $4))`;

/**
 * Removes ended jobs every so often. BullMQ itself would at each completion: that scans all it keeps, and completions
 * at the same time deadlock on the rows that both delete (measured: 50 handlers, a fifth of the speed).
 */
export class TrimmingPostgresBackend extends PacedPostgresBackend {
  readonly #pool: BullmqPool;
  readonly #queue: string;
  #endedSinceTrim = 0;
  #trimmedAt = -Infinity;

  constructor(pool: BullmqPool, queue: string, options: QueueBaseOptions<BullmqPool>) {
    super(pool, queue, options);
    this.#pool = pool;
    this.#queue = queue;
  }

  override async moveToCompleted(
    ...args: Parameters<PacedPostgresBackend['moveToCompleted']>
  ): ReturnType<PacedPostgresBackend['moveToCompleted']> {
    const moved = await super.moveToCompleted(...args);
    await this.#trimInTurn();
    return moved;
  }

  override async moveToFailed(
    ...args: Parameters<PacedPostgresBackend['moveToFailed']>
  ): ReturnType<PacedPostgresBackend['moveToFailed']> {
    const moved = await super.moveToFailed(...args);
    await this.#trimInTurn();
    return moved;
  }

  async #trimInTurn(): Promise<void> {
    this.#endedSinceTrim += 1;
    const now = performance.now();
    if (this.#endedSinceTrim < trimEveryJobs && now - this.#trimmedAt < trimEveryMilliseconds) return;
    this.#endedSinceTrim = 0;
    this.#trimmedAt = now;
    const { completed, failed } = endedJobsKept;
    const oldest = Date.now() - completed.age * 1_000;
    try {
      await this.#pool.query(trimStatement, [this.#queue, 'completed', oldest, completed.count]);
      await this.#pool.query(trimStatement, [this.#queue, 'failed', 0, failed.count]);
    } catch (error) {
      // The job has ended all the same; the next turn trims.
      this.emit('error', error);
    }
  }
}
