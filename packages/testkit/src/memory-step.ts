import type { DriverMethod, Effect, Progress, StepContext, StepOutcome } from '@drydock/model';

export interface CallOptions {
  readonly attempt?: number;
  readonly stopping?: boolean;
  readonly isLastCall?: boolean;
  readonly signal?: AbortSignal;
  /** The process dies at this point of the call: `intend` is durable, what follows never happens. */
  readonly dieAfterRecord?: number;
  /** Every intent is old when it is written. */
  readonly isLate?: boolean;
}

export class Died extends Error {}

/** What the engine keeps of one step: its durable records survive a call that dies. */
export class MemoryStep {
  progress: Progress | null = null;
  openIntent: Effect | null = null;
  /** Seconds since the open intent was written, moved by hand. */
  ageSeconds = 0;
  readonly records: string[] = [];

  constructor(readonly settleSeconds = 15) {}

  async call<Input>(method: DriverMethod<Input>, input: Input, options: CallOptions = {}): Promise<StepOutcome> {
    const call = new MemoryCall(this, options);
    const outcome = await method(input, call.context());
    call.commitSettled();
    if (outcome.kind === 'waiting') this.progress = outcome.progress;
    return outcome;
  }
}

class MemoryCall {
  private settled: Progress | null | 'none' = 'none';
  private recordsLeft: number;

  constructor(
    private readonly step: MemoryStep,
    private readonly options: CallOptions,
  ) {
    this.recordsLeft = options.dieAfterRecord ?? Infinity;
  }

  context(): StepContext {
    const { step, options } = this;
    const silent = () => undefined;
    return {
      signal: options.signal ?? new AbortController().signal,
      attempt: options.attempt ?? 0,
      log: { info: silent, warn: silent, error: silent },
      progress: step.progress,
      stopping: options.stopping ?? false,
      isLastCall: options.isLastCall ?? false,
      openIntent: step.openIntent === null ? null : { effect: step.openIntent, ageSeconds: step.ageSeconds },
      settleSeconds: step.settleSeconds,
      intend: async (effect, progress) => this.intend(effect, progress),
      settle: async (effect, found, progress) => this.settle(effect, found, progress),
    };
  }

  /** As the engine does: a settlement becomes durable with the next write of the step. */
  commitSettled(): void {
    if (this.settled === 'none') return;
    this.step.openIntent = null;
    if (this.settled !== null) this.step.progress = this.settled;
    this.settled = 'none';
  }

  private intend(effect: Effect, progress: Progress | undefined): { sendBefore: number } {
    this.commitSettled();
    if (this.step.openIntent !== null) throw new Error(`an intent is open: ${this.step.openIntent.kind}`);
    this.step.openIntent = effect;
    this.step.ageSeconds = 0;
    if (progress !== undefined) this.step.progress = progress;
    this.record(`intend ${effect.kind}`);
    return { sendBefore: performance.now() + (this.options.isLate === true ? -1 : 2000) };
  }

  private settle(effect: Effect, found: string, progress: Progress | undefined): void {
    this.record(`settle ${effect.kind} ${found}`);
    this.settled = progress ?? null;
  }

  private record(text: string): void {
    this.step.records.push(text);
    this.recordsLeft -= 1;
    if (this.recordsLeft === 0) throw new Died(text);
  }
}
