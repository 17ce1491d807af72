import type { PutBack, RungJob } from './rung-job.js';

export interface ConsumeOptions {
  /** Handlers that run at the same time in this consumer. */
  readonly concurrency: number;
  /**
   * Does the work of one job; may take hours, its lock is renewed meanwhile. May run twice for one job (a frozen
   * process, a lost connection), so the claim in Postgres decides. It should not throw: a throw goes to `onError` and
   * leaves the job as failed in Bull Board.
   */
  handle(job: RungJob): Promise<PutBack | void>;
  /** Hears what went wrong outside the handler: lost connections, lost locks, jobs that vanished. */
  onError(error: Error): void;
}

/** Picks up the jobs of one queue until it is closed. */
export interface Consumer {
  /** Epoch milliseconds of the last pick-up, null before the first. The watchdog compares it with what is due. */
  readonly pickedUpAt: number | null;
  /** What keeps it from picking up jobs at this moment, in words for an operator; null: nothing. */
  readonly trouble: string | null;
  /** Picks up nothing for that time; one job that was already on its way may still arrive. */
  pauseFor(milliseconds: number): void;
  /**
   * Replaces BullMQ's Worker and its connections by new ones; for the watchdog. Handlers that run keep running, and keep
   * their locks, beside the new Worker. Throws `queue_unavailable` and leaves all as it was when no new one can be made.
   */
  recreate(): Promise<void>;
  /**
   * Stops picking up, aborts the jobs' signals, waits at most the grace for their handlers, and puts the jobs of those
   * that still run back at once for somebody else.
   */
  close(graceMilliseconds: number): Promise<void>;
}
