import { errorClasses, RetryBudgets, type RetryPolicy } from '@drydock/model';
import {
  exhaustSteps,
  type MovedStep,
  noteSteps,
  readBudgets,
  type Transaction,
  writeBudgets,
} from '@drydock/model/db';
import type { CycleChanges } from './cycle-changes.js';
import type { LiveStep, RunState } from './run-state.js';

/** The budgets that pay for another try or attempt of a step: of its node, and of its BMC if the step uses it. */
export function budgetKeysOf(step: LiveStep): readonly string[] {
  return step.groups.filter(({ guardsMachine }) => guardsMachine).map(({ key }) => key);
}

/** Whether the move may cost something. */
export function isPaid(move: MovedStep): boolean {
  const { end, errorClass } = move;
  return move.unpaidTries > 0 || (end === 'failed' && errorClass !== null && errorClasses[errorClass].isRetryable);
}

export interface BudgetMoment {
  readonly moves: readonly MovedStep[];
  readonly policy: RetryPolicy;
  /** The database's clock, milliseconds. */
  readonly now: number;
}

/** What the moves may draw on; null when none of them costs anything. */
export async function loadBudgets(
  tx: Transaction,
  state: RunState,
  { moves, policy, now }: BudgetMoment,
): Promise<RetryBudgets | null> {
  const steps = moves.filter(isPaid).flatMap(({ key }) => state.steps.get(key) ?? []);
  if (steps.length === 0) return null;
  const keys = [...new Set(steps.flatMap(budgetKeysOf))];
  return new RetryBudgets(await readBudgets(tx, keys), policy, now);
}

/** Writes what was drawn, and makes the next call of steps that could not pay their last. */
export async function settleBudgets(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  { taskId, now }: { readonly taskId: string; readonly now: number },
): Promise<void> {
  const spent = changes.budgets?.spent() ?? [];
  if (spent.length > 0) await writeBudgets(tx, spent);
  if (changes.stepNotes.length > 0) await noteSteps(tx, taskId, changes.stepNotes);
  if (changes.exhausted.length === 0) return;
  const exhausted = changes.exhausted.map(({ step, budget }) => ({ id: step.id, budget }));
  const due = new Set(await exhaustSteps(tx, exhausted));
  for (const { step } of changes.exhausted) {
    if (!due.has(step.id)) continue;
    step.notBefore = null;
    state.offer(step, now);
  }
}
