import { sql, type SQL } from 'drizzle-orm';
import { jsonb } from '../../jsonb.js';

/** What one cycle adds to the counters of a stage. */
export interface StageChange {
  readonly verb: string;
  admitted: number;
  succeeded: number;
  absent: number;
  failed: number;
  skipped: number;
  cancelled: number;
}

/** Common table expressions that add to the counters of stages and of the task. */
export function countedStages(taskId: string, changes: readonly StageChange[]): SQL {
  const ended = changes.reduce(
    (sum, change) => sum + change.succeeded + change.absent + change.failed + change.skipped + change.cancelled,
    0,
  );
  return sql`change as (select * from jsonb_to_recordset(${jsonb(changes)}) as c(
      verb text, admitted int, succeeded int, absent int, failed int, skipped int, cancelled int)),
    stages_counted as (
      update stage s set admitted = s.admitted + c.admitted, succeeded = s.succeeded + c.succeeded,
        absent = s.absent + c.absent, failed = s.failed + c.failed, skipped = s.skipped + c.skipped,
        cancelled = s.cancelled + c.cancelled, updated_at = clock_timestamp(),
        first_admitted_at = case when c.admitted > 0 then coalesce(s.first_admitted_at, clock_timestamp()) else s.first_admitted_at end
      from change c where s.task_id = ${taskId} and s.verb = c.verb
    ), task_counted as (
      update task set steps_ended = steps_ended + ${ended}, updated_at = clock_timestamp() where id = ${taskId}
    )`;
}
