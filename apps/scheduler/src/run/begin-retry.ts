import { countStages, guardRun, insertSteps, noteTask, type RunRef, type TaskToDrive } from '@drydock/model/db';
import type { Beginning } from './beginning.js';
import type { DriveParts } from './drive-parts.js';
import { planRetryOfTask } from './plan-retry-of-task.js';
import { takeUpTask } from './take-up-task.js';

/**
 * Stores the plan of a retry, with what it inherits as it ended: from there on it is a task like any other. Null for a
 * task that is to be planned from its design.
 */
export async function beginRetry(run: RunRef, task: TaskToDrive, parts: DriveParts): Promise<Beginning | null> {
  const plan = await planRetryOfTask(parts.db, task, parts.limits);
  if (!plan) return null;
  await parts.db.transaction(async (tx) => {
    await guardRun(tx, run);
    await noteTask(tx, run.taskId, [plan.note]);
    await insertSteps(tx, run, plan.steps);
    await countStages(tx, run.taskId, plan.counts);
  });
  return await takeUpTask(run, task, parts);
}
