import { type Database, giveUpSteps, type HeldStep, type HolderRow, leaseSeconds } from '@drydock/model/db';
import type { Log, Pulse } from '@drydock/runtime';

const heartbeatMilliseconds = 1000;
/** After this much of the lease without a heartbeat a holder stops acting, by its own monotonic clock. */
const safeMilliseconds = (leaseSeconds * 1000 * 2) / 3;

/** The clock is looked at this often: a heartbeat that hangs must not keep a step acting. */
const watchMilliseconds = 200;

interface Held {
  readonly since: number;
  /** Claimed to settle what is open: that its task stops is no news. */
  readonly isStopping: boolean;
  readonly lost: AbortController;
  readonly stop: AbortController;
}

/** What may end a call before its driver does. */
export interface HeldCall {
  /** The step is no longer ours, or this process stops: the call ends at once. */
  readonly lost: AbortSignal;
  /** The task was terminated: the call ends as soon as nothing that it announced is open. */
  readonly stop: AbortSignal;
}

/**
 * Keeps the lease of this process with one statement a second, and aborts the steps that are no longer its own:
 * those that the answer does not name, and all of them when no answer came for two thirds of the lease. The steps of a
 * terminated task are asked to stop.
 */
export class LeaseKeeper {
  /** By step and fence: an old call may still be ending while the same step has been claimed again here. */
  private readonly held = new Map<string, Held>();
  private renewedAt = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;
  private isClosed = false;
  private forgotten = new Set<string>();
  private stopReason: string | null = null;
  private beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly pulse: Pulse,
    private readonly holder: HolderRow,
    private readonly log: Log,
  ) {}

  /** The holder must have been announced a moment ago. */
  start(announcedAt: number): void {
    this.renewedAt = announcedAt;
    this.beatLater();
    this.watch = setInterval(() => {
      if (performance.now() > this.sendBefore) this.abortAll('the lease could not be renewed');
    }, watchMilliseconds);
  }

  /** Waits for a beat that is on its way: it would announce the process again. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.watch);
    await this.beating;
  }

  /** The monotonic time after which nothing may be sent to a machine any more. */
  get sendBefore(): number {
    return this.renewedAt + safeMilliseconds;
  }

  /** Throws when the last heartbeat is so old that the lease is over: others take our steps. For `/readyz`. */
  checkLease(): void {
    const ageSeconds = (performance.now() - this.renewedAt) / 1000;
    if (ageSeconds >= leaseSeconds)
      throw new Error(`last renewed ${ageSeconds.toFixed(1)} s ago, a lease is ${leaseSeconds} s`);
  }

  get heldSteps(): number {
    return this.held.size;
  }

  hold(stepId: string, fence: number, isStopping = false): HeldCall {
    const lost = new AbortController();
    const stop = new AbortController();
    if (this.stopReason !== null) lost.abort(new Error(this.stopReason));
    this.held.set(keyOf(stepId, fence), { since: performance.now(), isStopping, lost, stop });
    return { lost: lost.signal, stop: stop.signal };
  }

  release(stepId: string, fence: number): void {
    this.held.delete(keyOf(stepId, fence));
  }

  /** Aborts everything, and whatever is still claimed. */
  stop(reason: string): void {
    this.stopReason = reason;
    this.abortAll(reason);
  }

  private abortAll(reason: string): void {
    for (const { lost } of this.held.values()) lost.abort(new Error(reason));
  }

  private async beat(): Promise<void> {
    const sentAt = performance.now();
    try {
      const answer = await this.pulse.beat(this.holder);
      this.renewedAt = sentAt;
      this.abortLost(answer, sentAt);
      await this.giveUpForgotten(answer);
    } catch (error) {
      this.log.warn('heartbeat failed', { error });
    }
    if (!this.isClosed) this.beatLater();
  }

  private beatLater(): void {
    this.timer = setTimeout(() => {
      this.beating = this.beat();
    }, heartbeatMilliseconds);
  }

  /**
   * Steps that the database has us run and that we do not: a report that could not be written. Seen at two beats in a
   * row, since a claim may be on its way.
   */
  private async giveUpForgotten(answer: readonly HeldStep[]): Promise<void> {
    const forgotten = answer.filter((step) => !this.held.has(keyOf(step.id, step.fence)));
    const again = forgotten.filter((step) => this.forgotten.has(keyOf(step.id, step.fence)));
    this.forgotten = new Set(forgotten.map((step) => keyOf(step.id, step.fence)));
    if (again.length === 0) return;
    for (const { id: stepId, ...step } of await giveUpSteps(this.db, this.holder.id, again)) {
      this.log.warn('step moved', { move: 'lose', stepId, ...step, why: 'its report could not be written' });
    }
  }

  private abortLost(answer: readonly HeldStep[], sentAt: number): void {
    const own = new Map(answer.map((step) => [keyOf(step.id, step.fence), step]));
    for (const [key, held] of this.held) {
      if (held.since >= sentAt) continue;
      const known = own.get(key);
      if (!known) this.abort(held.lost, key, 'the lease of the step was lost');
      else if (known.stopping && !held.isStopping) this.abort(held.stop, key, 'the task was terminated');
    }
  }

  private abort(controller: AbortController, step: string, why: string): void {
    if (controller.signal.aborted) return;
    this.log.warn('step aborted', { step, why });
    controller.abort(new Error(why));
  }
}

function keyOf(stepId: string, fence: number): string {
  return `${stepId}#${fence}`;
}
