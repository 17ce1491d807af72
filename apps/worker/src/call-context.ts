import { DrydockError, type Effect, type Progress, type StepContext, type StepLog, verbs } from '@drydock/model';
import { type ClaimedStep, type Database, type Settlement, writeIntent } from '@drydock/model/db';

export interface CallSurroundings {
  readonly db: Database;
  readonly log: StepLog;
  readonly signal: AbortSignal;
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
  private openIntentId: string | null;
  private openEffect: Effect | null;
  private isAnnouncing = false;
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
  }

  get signal(): AbortSignal {
    return this.around.signal;
  }

  get log(): StepLog {
    return this.around.log;
  }

  async intend(effect: Effect, progress?: Progress): Promise<{ readonly sendBefore: number }> {
    this.signal.throwIfAborted();
    this.requireSettled(effect);
    this.isAnnouncing = true;
    try {
      this.openIntentId = await writeIntent(
        this.around.db,
        { stepId: this.step.id, fence: this.step.fence },
        { effect, progress: progress ?? this.latestProgress, settlements: this.settlements },
      );
    } finally {
      this.isAnnouncing = false;
    }
    this.openEffect = effect;
    // Written now; what was not stays for the report.
    this.settlements = [];
    this.latestProgress = undefined;
    return { sendBefore: this.around.sendBefore() };
  }

  /** A second one would hide the first: the next call is told of one open intent, and the step would end with the other. */
  private requireSettled(effect: Effect): void {
    if (this.openIntentId === null && !this.isAnnouncing) return;
    throw new DrydockError(
      'driver_fault',
      `${effect.kind} was announced before ${this.openEffect?.kind ?? 'the effect before it'} was settled: settle it first`,
    );
  }

  settle(_effect: Effect, found: Settlement['found'], progress?: Progress): Promise<void> {
    if (this.openIntentId !== null) this.settlements.push({ intentId: this.openIntentId, found });
    this.openIntentId = null;
    this.openEffect = null;
    if (progress !== undefined) this.latestProgress = progress;
    return Promise.resolve();
  }

  /** An effect was announced and nobody knows yet what became of it: the step may not end. */
  get unsettledEffect(): Effect | null {
    return this.openEffect;
  }

  /** What has not been written yet, for the report that ends the call. */
  unwritten(): { readonly settlements: readonly Settlement[]; readonly progress: Progress | undefined } {
    return { settlements: this.settlements, progress: this.latestProgress };
  }
}
