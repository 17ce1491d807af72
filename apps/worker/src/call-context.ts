import { type Effect, type Progress, type StepContext, type StepLog, verbs } from '@drydock/model';
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
    const settlements = this.settlements;
    this.openIntentId = await writeIntent(
      this.around.db,
      { stepId: this.step.id, fence: this.step.fence },
      { effect, progress: progress ?? this.latestProgress, settlements },
    );
    // Written now; what was not stays for the report.
    this.settlements = [];
    this.latestProgress = undefined;
    return { sendBefore: this.around.sendBefore() };
  }

  settle(_effect: Effect, found: Settlement['found'], progress?: Progress): Promise<void> {
    if (this.openIntentId !== null) this.settlements.push({ intentId: this.openIntentId, found });
    this.openIntentId = null;
    if (progress !== undefined) this.latestProgress = progress;
    return Promise.resolve();
  }

  /** An effect was announced and nobody knows yet what became of it: the step may not end. */
  get isEffectOpen(): boolean {
    return this.openIntentId !== null;
  }

  /** What has not been written yet, for the report that ends the call. */
  unwritten(): { readonly settlements: readonly Settlement[]; readonly progress: Progress | undefined } {
    return { settlements: this.settlements, progress: this.latestProgress };
  }
}
