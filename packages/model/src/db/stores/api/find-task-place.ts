import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

/** What an id of the API stands for: a task, one of its stages, or one of its steps. */
export interface TaskPlace {
  readonly kind: 'task' | 'stage' | 'step';
  readonly id: string;
  readonly taskId: string;
  /** The stage itself, or the stage that holds the step; null for a task. */
  readonly stageId: string | null;
}

/** Null when nobody has the id, or when the stage or step was never admitted and so is not shown yet. */
export async function findTaskPlace(db: Database, id: string): Promise<TaskPlace | null> {
  const found = await rows<TaskPlace>(
    db,
    sql`
    select 'task' as kind, id, id as "taskId", null::uuid as "stageId" from task where id = ${id}
    union all
    select 'stage', id, task_id, id from stage where id = ${id} and first_admitted_at is not null
    union all
    select 'step', id, task_id, stage_id from step
    where id = ${id} and first_admitted_at is not null and "end" is distinct from 'skipped'`,
  );
  return found[0] ?? null;
}
