import type { RingData } from './ring.js';

/** A job that a consumer picked up. */
export interface RungJob {
  readonly id: string;
  readonly name: string;
  readonly data: RingData;
  /** Aborted when the consumer closes. Never when a BullMQ lock is lost: that stops nobody. */
  readonly signal: AbortSignal;
  /** Shows 0 to 100 in Bull Board. Never rejects: nothing depends on it, a failure goes to `onError`. */
  reportProgress(percent: number): Promise<void>;
}

/**
 * A handler's answer when it could not do its work, a database error above all: the same job becomes due again after
 * that time, on any consumer, and this consumer picks up nothing until then.
 */
export interface PutBack {
  readonly putBackAfterMilliseconds: number;
}

/** A job that some consumer has picked up and not ended, as BullMQ sees it. */
export interface ActiveJob {
  readonly id: string;
  readonly name: string;
  readonly data: RingData;
  readonly progressPercent: number;
  /** Epoch milliseconds by the clock of the consumer's host; null in the moment before BullMQ wrote it. */
  readonly pickedUpAt: number | null;
}
