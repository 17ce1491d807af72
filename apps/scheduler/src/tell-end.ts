import { taskSpan } from '@drydock/model';
import { type Database, readEndedTask, type RunRef } from '@drydock/model/db';
import type { Log } from '@drydock/runtime';
import { spanOfTask, type Tracing } from '@drydock/telemetry';

/**
 * Tells the log and the trace that a task has ended, with what the database says of it. The task has ended whether they
 * hear of it or not.
 */
export async function tellEnd(
  { taskId }: Pick<RunRef, 'taskId'>,
  { db, tracing, log }: { readonly db: Database; readonly tracing: Tracing; readonly log: Log },
): Promise<void> {
  try {
    const task = await readEndedTask(db, taskId);
    if (!task) return;
    const { action, status, resultStatus: result, startedAtMs, endedAtMs } = task;
    const durationMs = startedAtMs === null ? undefined : Math.round(endedAtMs - startedAtMs);
    const traceId = taskSpan(task)?.traceId;
    log.info('task moved', { move: 'finish', action, status, result, durationMs, traceId });
    tracing.record(spanOfTask(task));
  } catch (error) {
    log.warn('end of a task not told', { error });
  }
}
