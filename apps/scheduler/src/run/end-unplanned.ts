import type { TaskResult } from '@drydock/model';
import { finishTask, guardRun, noteTask, type RunRef } from '@drydock/model/db';
import type { Beginning } from './beginning.js';
import type { DriveParts } from './drive-parts.js';

/** Ends a task that was terminated before it had a plan: no machine was touched. */
export async function endUnplanned(run: RunRef, { db }: Pick<DriveParts, 'db'>): Promise<Beginning> {
  const result: TaskResult = { status: 'failure', successes: [], failures: [] };
  const text = 'the task was terminated before its plan was made: nothing was done';
  await db.transaction(async (tx) => {
    await guardRun(tx, run);
    await noteTask(tx, run.taskId, [{ text, isError: true, contextType: 'task', context: run.taskId }]);
    await finishTask(tx, run, result);
  });
  return { kind: 'ended', result };
}
