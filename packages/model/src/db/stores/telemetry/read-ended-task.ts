import { sql } from 'drizzle-orm';
import type { TaskAction } from '../../../domain/actions.js';
import type { TaskStatus } from '../../../domain/task-moves.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import type { ResultStatus } from '../../tables/index.js';

/** What a log and a trace tell of a task that has ended. Moments in milliseconds since 1970. */
export interface EndedTaskRow {
  readonly id: string;
  readonly traceParent: string | null;
  readonly action: TaskAction;
  readonly lane: string;
  readonly status: TaskStatus;
  readonly resultStatus: ResultStatus;
  readonly retryOf: string | null;
  readonly createdAtMs: number;
  /** Null: it was terminated before it began. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number;
}

/** Null for a task that has not ended, or that nobody has. */
export async function readEndedTask(db: Database, taskId: string): Promise<EndedTaskRow | null> {
  const [found] = await rows<EndedTaskRow>(
    db,
    sql`select t.id, t.trace_parent as "traceParent", t.action, t.lane, t.status, t.result_status as "resultStatus",
        t.retry_of as "retryOf", (extract(epoch from t.created_at) * 1000)::float8 as "createdAtMs",
        (extract(epoch from t.started_at) * 1000)::float8 as "startedAtMs",
        (extract(epoch from t.ended_at) * 1000)::float8 as "endedAtMs"
      from task t where t.id = ${taskId} and t.ended_at is not null`,
  );
  return found ?? null;
}
