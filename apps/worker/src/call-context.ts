import {
  DrydockError,
  type Effect,
  isDrydockError,
  type Progress,
  type StepContext,
  type StepLog,
  verbs,
} from '@drydock/model';
import type { ClaimedStep, GroupedWrites, Settlement } from '@drydock/model/db';
import { joinSignals } from './join-signals.js';

export interface CallSurroundings {
  readonly writes: Pick<GroupedWrites, 'intend'>;
  readonly log: StepLog;
  /** Ends the call at once: its time is over, or the step is no longer ours. */
  readonly signal: AbortSignal;
  /** Ends the call when nothing that it announced is open. */
  readonly stop: AbortSignal;
  readonly sendBefore: () => number;
}

/** What one call told us and what must still be written: settlements and progress ride on its next durable write. */
export class CallContext implements StepContext {
  readonly attempt: number;
  readonly progress: Progress | null;
  readonly stopping: boolean;
  readonly isLastCall: boolean;
  readonly openIntent: StepContext['openIntent'];
  readonly settleSeconds: number;
  readonly signal: AbortSignal;
  private readonly halt = new AbortController();
  private isOver = false;
  private openIntentId: string | null;
  private openEffect: Effect | null;
  /** On its way to the database: perhaps it is there already. */
  private announcing: Effect | null = null;
  private settlements: Settlement[] = [];
  private latestProgress: Progress | undefined;

  constructor(
    private readonly step: ClaimedStep,
    private readonly around: CallSurroundings,
  ) {
    this.attempt = step.attempt;
    this.progress = step.progress;
    this.stopping = step.stopping;
    this.isLastCall = step.isLastCall;
    this.settleSeconds = verbs[step.verb].settleSeconds;
    this.openIntentId = step.openIntentId;
    this.openEffect = step.openEffect;
    this.openIntent = step.openEffect && { effect: step.openEffect, ageSeconds: step.openIntentAgeSeconds ?? 0 };
    this.signal = joinSignals(around.signal, this.halt.signal);
    around.stop.addEventListener('abort', () => this.stopWhenSafe(), { once: true });
    this.stopWhenSafe();
  }

  get log(): StepLog {
    return this.around.log;
  }

  async intend(effect: Effect, progress?: Progress): Promise<{ readonly sendBefore: number }> {
    this.requireOngoing('intend', effect);
    this.signal.throwIfAborted();
    this.requireSettled(effect);
    this.announcing = effect;
    try {
      this.openIntentId = await this.around.writes.intend(
        { stepId: this.step.id, fence: this.step.fence },
        {
          effect,
          progress: progress ?? this.latestProgress,
          settlements: this.settlements,
          isStopping: this.step.stopping,
        },
      );
      this.openEffect = effect;
    } catch (error) {
      if (isDrydockError(error, 'illegal_move')) this.halt.abort(error);
      throw error;
    } finally {
      this.announcing = null;
      this.stopWhenSafe();
    }
    // Written now; what was not stays for the report.
    this.settlements = [];
    this.latestProgress = undefined;
    return { sendBefore: this.around.sendBefore() };
  }

  /** A second one would hide the first: the next call is told of one open intent, and the step would end with the other. */
  private requireSettled(effect: Effect): void {
    if (this.openIntentId === null && this.announcing === null) return;
    throw new DrydockError(
      'driver_fault',
      `${effect.kind} was announced before ${this.unsettledEffect?.kind ?? 'the effect before it'} was settled: settle it first`,
    );
  }

  settle(effect: Effect, found: Settlement['found'], progress?: Progress): Promise<void> {
    this.requireOngoing('settle', effect);
    if (this.openIntentId !== null) this.settlements.push({ intentId: this.openIntentId, found });
    this.openIntentId = null;
    this.openEffect = null;
    if (progress !== undefined) this.latestProgress = progress;
    this.stopWhenSafe();
    return Promise.resolve();
  }

  /** We ended the call because its task was terminated. */
  get isStopped(): boolean {
    return this.halt.signal.aborted;
  }

  /** What a driver does after its call was given up does not count. */
  giveUp(): void {
    this.isOver = true;
  }

  /** An effect that was announced is waited for: whoever sent a request should see its answer. */
  private stopWhenSafe(): void {
    const { stop } = this.around;
    if (stop.aborted && this.openIntentId === null && this.announcing === null) this.halt.abort(stop.reason);
  }

  private requireOngoing(what: 'intend' | 'settle', effect: Effect): void {
    if (!this.isOver) return;
    this.log.warn('late write refused', { what, effect });
    throw new DrydockError('fence_lost', `${what} ${effect.kind} came after the call was given up: it does not count`);
  }

  /** An effect was announced and nobody knows yet what became of it: the step may not end. */
  get unsettledEffect(): Effect | null {
    return this.openEffect ?? this.announcing;
  }

  /** What has not been written yet, for the report that ends the call. */
  unwritten(): { readonly settlements: readonly Settlement[]; readonly progress: Progress | undefined } {
    return { settlements: this.settlements, progress: this.latestProgress };
  }
}
