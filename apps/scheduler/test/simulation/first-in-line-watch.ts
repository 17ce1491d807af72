import { type Candidate, comesBefore } from '@drydock/model';
import type { RunState } from '../../src/run/run-state.js';
import type { SimulatedDatabase } from './simulated-database.js';
import type { SimulatedTask } from './simulated-task.js';

interface Driven {
  readonly task: SimulatedTask;
  readonly state: RunState;
}

/**
 * How long a step waits once it is the first of all that are ready, in the order of admission: nobody has a better claim,
 * only places that others have must come back. A step whose node another task has, or whose machine is shut, waits for
 * those instead.
 */
export class FirstInLineWatch {
  /** Milliseconds. */
  longest = 0;
  private first: { readonly id: string; readonly since: number } | null = null;

  constructor(private readonly db: () => SimulatedDatabase) {}

  look(driven: readonly Driven[]): void {
    const { now } = this.db().clock;
    const id = this.firstInLine(driven);
    if (this.first && this.first.id !== id) this.first = null;
    if (id === null) return;
    this.first ??= { id, since: now };
    this.longest = Math.max(this.longest, now - this.first.since);
  }

  private firstInLine(driven: readonly Driven[]): string | null {
    let found: Candidate | null = null;
    for (const { task, state } of driven) {
      if (task.isPaused || task.status !== 'running') continue;
      for (const step of state.steps.values()) {
        if (step.status !== 'pending' || step.readySince === null || step.notBefore !== null) continue;
        const candidate = state.candidateOf(step, this.db().clock.now);
        if (found !== null && !comesBefore(candidate, found)) continue;
        if (!this.isKeptByMachine(candidate)) found = candidate;
      }
    }
    return found?.id ?? null;
  }

  private isKeptByMachine({ needs }: Candidate): boolean {
    return needs.some(({ key, scope }) => {
      const group = this.db().groups.get(key);
      const isShut = (group?.closedUntil ?? 0) > this.db().clock.now;
      return isShut || (scope === 'task' && group !== undefined && group.held >= group.limit);
    });
  }
}
