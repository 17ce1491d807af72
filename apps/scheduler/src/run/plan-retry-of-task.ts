import type { StatusNote, StepEnd } from '@drydock/model';
import {
  type Database,
  type EndedStepRow,
  readRetriedSteps,
  type StageChange,
  type StepToStore,
  type TaskToDrive,
} from '@drydock/model/db';
import { planRetriedTask, type RetriedStep, type RetryStep, type StepLimits } from '@drydock/orchestrator';

/** The plan of a retry, as it is stored. */
export interface RetryPlan {
  readonly steps: readonly StepToStore[];
  /** What the inherited steps add to the counters of their stages. */
  readonly counts: readonly StageChange[];
  /** Tells what is done again and what is not. */
  readonly note: StatusNote;
}

/** Null for a task that retries none, or one that ended before it had a plan: such a task is planned from its design. */
export async function planRetryOfTask(
  db: Database,
  { retryOf, retryScope }: TaskToDrive,
  limits: StepLimits,
): Promise<RetryPlan | null> {
  if (retryOf === null || retryScope === null) return null;
  const retried = await readRetriedSteps(db, retryOf);
  if (retried.length === 0) return null;
  const plan = planRetriedTask(retried.map(retriedStep), retryScope, limits);
  const steps = plan.map(({ planned, inherited }): StepToStore => {
    return { ...planned, end: inherited?.end, inheritedFrom: inherited?.from ?? undefined };
  });
  return { steps, counts: countsOf(plan), note: noteOf(retryOf, plan) };
}

function retriedStep({ id, end, hasBegun, inheritedFrom, ...planned }: EndedStepRow): RetriedStep {
  return { id, end, hasBegun, inheritedFrom, planned };
}

const none: Readonly<Record<StepEnd, number>> = { succeeded: 0, absent: 0, failed: 0, skipped: 0, cancelled: 0 };

function countsOf(plan: readonly RetryStep[]): readonly StageChange[] {
  const counts = new Map<string, StageChange>();
  for (const { planned, inherited } of plan) {
    if (!inherited) continue;
    const count = counts.get(planned.verb) ?? { verb: planned.verb, admitted: 0, ...none };
    count[inherited.end] += 1;
    counts.set(planned.verb, count);
  }
  return [...counts.values()];
}

function noteOf(retryOf: string, plan: readonly RetryStep[]): StatusNote {
  const open = plan.filter(({ inherited }) => inherited === null);
  const nodes = new Set(open.map(({ planned }) => planned.nodeName)).size;
  const text =
    `retry of task ${retryOf}: ${open.length} of ${plan.length} steps are to be done, on ${nodes} ` +
    `${nodes === 1 ? 'target' : 'targets'}; the others count as they ended there`;
  return { text, isError: false, contextType: 'task', context: retryOf };
}
