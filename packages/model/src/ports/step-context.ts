import type { Progress } from './step-outcome.js';

/** One line of JSON per event: a constant lower-case message, facts in fields. */
export interface StepLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What is about to be done to a machine, small and printable: `{ kind: 'deploy', systemId: 'abc123' }`. */
export interface Effect {
  readonly kind: string;
  readonly [fact: string]: string | number | boolean | null;
}

export interface OpenIntent {
  readonly effect: Effect;
  /** Since it was written, by Postgres's clock. */
  readonly ageSeconds: number;
}

/** Everything a driver may use besides its input. It never sees the database. */
export interface StepContext {
  /** Aborts at the call's time limit, at the loss of the lease and at termination where that is safe. */
  readonly signal: AbortSignal;
  /** Counts from 0. */
  readonly attempt: number;
  readonly log: StepLog;
  /** Of the last call of this attempt; null at the first. */
  readonly progress: Progress | null;
  /** Only read, settle what is open and return; or finish the pair that would otherwise leave the machine worse. */
  readonly stopping: boolean;
  /** The deadline has passed: this call is the last, and ends the step with what it finds. */
  readonly isLastCall: boolean;
  /** The effect that an earlier call announced and nobody has settled, if there is one. */
  readonly openIntent: OpenIntent | null;
  /** How long an effect may take to become visible before it counts as not done (the verb's `settleSeconds`). */
  readonly settleSeconds: number;
  /**
   * Announces one request that changes a machine, durably and under the fence. One HTTP request per intent.
   * @returns the monotonic time (`performance.now()`, ms) after which the request must not be sent any more
   * @throws DrydockError `fence_lost` when the lease is gone: return at once
   */
  intend(effect: Effect, progress?: Progress): Promise<{ readonly sendBefore: number }>;
  /**
   * Records what became of the announced effect. Carried durably by the next write of this step (intend, wait, end):
   * until then a crash leaves the intent open, and the next call reads the machine again.
   */
  settle(effect: Effect, found: 'done' | 'not_done' | 'refused', progress?: Progress): Promise<void>;
}
