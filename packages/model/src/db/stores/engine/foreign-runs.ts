import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { isBegun, isDriverless, isKnown } from './run-conditions.js';

/** A task that only a newer version can drive, and that none drives. */
export interface ForeignRun {
  readonly lane: string;
  readonly taskId: string;
  readonly planFormat: number | null;
  readonly snapshotFormat: number | null;
}

/** Says so in the task's messages, once; the task itself is left alone. @returns all of them, for the log */
export async function tellForeignRuns(db: Database): Promise<readonly ForeignRun[]> {
  const text =
    `this task was begun by a newer version of Drydock (its plan or its design is of a format that this version does not ` +
    `know) and nobody drives it: start a scheduler of that version`;
  return await rows<ForeignRun>(
    db,
    sql`
    with foreign_run as (
      select r.lane, t.id, t.plan_format, n.format from run r
      join task t on t.id = r.task_id and ${isBegun} and not (${isKnown})
      left join snapshot n on n.hash = t.snapshot_hash
      where ${isDriverless}
    ), told as (
      insert into message (task_id, text, is_error, context_type, context)
      select f.id, ${text}, true, 'task', f.id::text from foreign_run f
      where not exists (select 1 from message m where m.task_id = f.id and m.text = ${text})
    )
    select lane, id as "taskId", plan_format as "planFormat", format as "snapshotFormat" from foreign_run`,
  );
}
