import { type Database, giveUpSteps, heartbeat, type HeldStep, type HolderRow, leaseSeconds } from '@drydock/model/db';
import type { Log } from '@drydock/runtime';

const heartbeatMilliseconds = 1000;
/** After this much of the lease without a heartbeat a holder stops acting, by its own monotonic clock. */
const safeMilliseconds = (leaseSeconds * 1000 * 2) / 3;

/** The clock is looked at this often: a heartbeat that hangs must not keep a step acting. */
const watchMilliseconds = 200;

interface Held {
  readonly since: number;
  /** Claimed to settle what is open: that its task stops is no news. */
  readonly isStopping: boolean;
  readonly abort: AbortController;
}

/**
 * Keeps the lease of this process with one statement a second, and aborts the steps that are no longer its own:
 * those that the answer does not name, and all of them when no answer came for two thirds of the lease.
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

  get heldSteps(): number {
    return this.held.size;
  }

  hold(stepId: string, fence: number, isStopping = false): AbortController {
    const abort = new AbortController();
    if (this.stopReason !== null) abort.abort(new Error(this.stopReason));
    this.held.set(keyOf(stepId, fence), { since: performance.now(), isStopping, abort });
    return abort;
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
    for (const held of this.held.values()) held.abort.abort(new Error(reason));
  }

  private async beat(): Promise<void> {
    const sentAt = performance.now();
    try {
      const answer = await heartbeat(this.db, this.holder, leaseSeconds);
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
      if (known && (held.isStopping || !known.stopping)) continue;
      this.log.warn('step aborted', { step: key, why: known ? 'stopping' : 'lease lost' });
      held.abort.abort(new Error(known ? 'the task was terminated' : 'the lease of the step was lost'));
    }
  }
}

function keyOf(stepId: string, fence: number): string {
  return `${stepId}#${fence}`;
}
