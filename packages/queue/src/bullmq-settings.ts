/** What BullMQ is told, in its own option names. */

/** Keys in Redis begin with it. The Postgres backend uses the schema `bullmq` instead. */
export const redisKeyPrefix = 'drydock';

/** Single adds below, `addBulk` from here: on Postgres a bulk of one costs as much as seven single adds. */
export const bulkFrom = 10;

/** The event stream feeds nobody but Bull Board. */
export const eventStreamLength = 200;

/**
 * For Bull Board. Age in seconds. An id that is kept cannot be used again. A thousand kept jobs take more than a mebibyte
 * of Redis, which is what a plan may take in all.
 */
export const endedJobsKept = { completed: { age: 3_600, count: 200 }, failed: { count: 200 } } as const;

export const workerSettings = {
  // A dead holder's job comes back after at most lock + two stall checks; a sweep is faster and does not wait for it.
  lockDuration: 6_000,
  stalledInterval: 3_000,
  // BullMQ fails a job that stalled more often. Attempts are counted in Postgres.
  maxStalledCount: 1_000,
  // Seconds. A frozen process can swallow the wake-up; the others look again after this.
  drainDelay: 1,
  // Milliseconds between tries while the datastore is away; BullMQ's own is 15 s.
  runRetryDelay: 500,
} as const;

/** Retries are decided by the plan, never by BullMQ. */
export const jobSettings = { attempts: 1 } as const;

/** BullMQ fetches again at once after most errors; without this pause a restarting Postgres means a busy loop. */
export const pauseAfterErrorMilliseconds = 250;
