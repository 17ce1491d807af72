import type { Need, PlannedStep, StepEnd, StepKey } from './step.js';

/** What became possible, or impossible, because a step ended. */
export interface Advance {
  readonly ready: StepKey[];
  readonly skipped: StepKey[];
}

interface Standing {
  readonly join: 'all' | 'any';
  /** Needs not yet answered. */
  open: number;
  isDecided: boolean;
}

interface Dependent {
  readonly key: StepKey;
  readonly ended: Need['ended'];
}

/**
 * Which steps of a plan may start, given what has ended. Deterministic, no clock, no IO;
 * the cost of an end is the number of edges that leave it.
 */
export class PlanProgress {
  private readonly standings = new Map<StepKey, Standing>();
  private readonly dependents = new Map<StepKey, Dependent[]>();
  private readonly ends = new Map<StepKey, StepEnd>();

  /** Adds steps, at the start or as a new attempt, and tells which of them are ready at once. */
  add(steps: readonly PlannedStep[]): Advance {
    const advance: Advance = { ready: [], skipped: [] };
    for (const step of steps) this.register(step);
    for (const step of steps) this.weigh(step, advance);
    return advance;
  }

  /** Records how a step ended, once. A repeated end changes nothing. */
  end(key: StepKey, end: StepEnd): Advance {
    const advance: Advance = { ready: [], skipped: [] };
    this.settle(key, end, advance);
    return advance;
  }

  endOf(key: StepKey): StepEnd | undefined {
    return this.ends.get(key);
  }

  private register(step: PlannedStep): void {
    this.standings.set(step.key, { join: step.join, open: step.needs.length, isDecided: false });
    for (const need of step.needs) {
      const list = this.dependents.get(need.step) ?? [];
      list.push({ key: step.key, ended: need.ended });
      this.dependents.set(need.step, list);
    }
  }

  /** A new step may need one that ended long ago. */
  private weigh(step: PlannedStep, advance: Advance): void {
    if (step.needs.length === 0) {
      this.decide(step.key, true, advance);
      return;
    }
    for (const need of step.needs) {
      const end = this.ends.get(need.step);
      if (end !== undefined) this.answer(step.key, end === need.ended, advance);
    }
  }

  private settle(key: StepKey, end: StepEnd, advance: Advance): void {
    if (this.ends.has(key)) return;
    this.ends.set(key, end);
    const standing = this.standings.get(key);
    if (standing) standing.isDecided = true;
    for (const dependent of this.dependents.get(key) ?? []) {
      this.answer(dependent.key, end === dependent.ended, advance);
    }
  }

  private answer(key: StepKey, isMet: boolean, advance: Advance): void {
    const standing = this.standings.get(key);
    if (!standing || standing.isDecided) return;
    standing.open -= 1;
    const decides = standing.join === 'all' ? !isMet || standing.open === 0 : isMet || standing.open === 0;
    if (decides) this.decide(key, isMet, advance);
  }

  private decide(key: StepKey, isReady: boolean, advance: Advance): void {
    const standing = this.standings.get(key);
    if (!standing || standing.isDecided) return;
    standing.isDecided = true;
    if (isReady) {
      advance.ready.push(key);
      return;
    }
    advance.skipped.push(key);
    this.settle(key, 'skipped', advance);
  }
}
