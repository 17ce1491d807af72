import { sql } from 'drizzle-orm';
import type { TaskStatus } from '../../../domain/task-moves.js';
import { taskMove } from '../../guarded-move.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

const terminate = taskMove('terminate');

/**
 * Asks for the end of a task, durably, in one statement of one row. A queued task is over at once, its result
 * `incomplete`; of a running one nothing begins any more, and whoever drives it, now or later, brings it to its end.
 * @returns where it has moved to; null when nobody has the id, or when it was asked before or is over
 */
export async function requestTermination(db: Database, taskId: string, user: string): Promise<TaskStatus | null> {
  const found = await rows<{ status: TaskStatus }>(
    db,
    sql`
    update task set status = ${terminate.to}, terminate_requested_at = clock_timestamp(), terminated_by = ${user},
      ended_at = case when ${terminate.to} = 'terminated' then clock_timestamp() end, updated_at = clock_timestamp()
    where id = ${taskId} and ${terminate.guard} returning status`,
  );
  return found[0]?.status ?? null;
}
