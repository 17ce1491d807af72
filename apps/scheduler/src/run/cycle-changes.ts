import type { PlannedStep, RetryBudgets, StepEnd, StepEvent } from '@drydock/model';
import type { Release, StageChange, StepNote } from '@drydock/model/db';
import type { LiveStep } from './run-state.js';

const zero = { admitted: 0, succeeded: 0, absent: 0, failed: 0, skipped: 0, cancelled: 0 };

/** A move that the scheduler itself made: logged when it is committed. */
export interface OwnMove {
  readonly event: Extract<StepEvent, 'admit' | 'skip' | 'due' | 'cancel'>;
  readonly step: LiveStep;
}

/** Steps of one more attempt. */
export interface FreshAttempt {
  readonly steps: readonly PlannedStep[];
  readonly delaySeconds: number;
}

/** A step that may not be tried again, and the retry budget that cannot pay for it. */
export interface ExhaustedTry {
  readonly step: LiveStep;
  readonly budget: string;
}

/** What one cycle will write, gathered while the moves are looked at. */
export class CycleChanges {
  readonly endedStepIds: string[] = [];
  readonly restingStepIds: string[] = [];
  readonly freedNodes: string[] = [];
  readonly skippedStepIds: string[] = [];
  readonly fresh: FreshAttempt[] = [];
  readonly ownMoves: OwnMove[] = [];
  /** Groups that stay shut because nobody knows what became of an effect on their machine. */
  readonly shutGroups = new Set<string>();
  /** What pays for further tries and attempts; null: nothing in this cycle costs any. */
  budgets: RetryBudgets | null = null;
  readonly exhausted: ExhaustedTry[] = [];
  readonly stepNotes: StepNote[] = [];
  private readonly stages = new Map<string, StageChange>();

  count(verb: string, what: Exclude<keyof StageChange, 'verb'>): void {
    const change = this.stages.get(verb) ?? { verb, ...zero };
    change[what] += 1;
    this.stages.set(verb, change);
  }

  ended(step: LiveStep, end: StepEnd): void {
    this.count(step.planned.verb, end);
    if (end !== 'skipped') return;
    this.skippedStepIds.push(step.id);
    this.ownMoves.push({ event: 'skip', step });
  }

  /** Its effect may still arrive at the machine. */
  shut(step: LiveStep): void {
    for (const need of step.groups) if (need.guardsMachine) this.shutGroups.add(need.key);
  }

  get hasReleases(): boolean {
    return this.endedStepIds.length + this.restingStepIds.length + this.freedNodes.length > 0;
  }

  released(): Release {
    return { endedStepIds: this.endedStepIds, restingStepIds: this.restingStepIds, nodeNames: this.freedNodes };
  }

  stageChanges(): readonly StageChange[] {
    return [...this.stages.values()];
  }
}
