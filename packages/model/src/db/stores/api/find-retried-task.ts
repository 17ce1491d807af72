import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { task } from '../../tables/index.js';

/** What must be known of a task to retry it. */
export type RetriedTaskRow = Pick<
  typeof task.$inferSelect,
  | 'id'
  | 'action'
  | 'designRef'
  | 'designRefSealed'
  | 'nodeFilter'
  | 'status'
  | 'resultStatus'
  | 'snapshotHash'
  | 'retryOf'
  | 'retryScope'
  | 'traceParent'
> & {
  /** False: it ended before it had steps. */
  readonly hasPlan: boolean;
};

/** Null when nobody has the id. */
export async function findRetriedTask(db: Database, taskId: string): Promise<RetriedTaskRow | null> {
  const found = await db
    .select({
      id: task.id,
      action: task.action,
      designRef: task.designRef,
      designRefSealed: task.designRefSealed,
      nodeFilter: task.nodeFilter,
      status: task.status,
      resultStatus: task.resultStatus,
      snapshotHash: task.snapshotHash,
      retryOf: task.retryOf,
      retryScope: task.retryScope,
      traceParent: task.traceParent,
      hasPlan: sql<boolean>`${task.planFormat} is not null`,
    })
    .from(task)
    .where(eq(task.id, taskId));
  return found[0] ?? null;
}

/** Of these names, the ones that no step of the task is about. */
export async function namesWithoutSteps(
  db: Database,
  taskId: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`
    select name from unnest(${sql.param([...names])}::text[]) with ordinality as wanted(name, ordinal)
    where name not in (select node_name from step where task_id = ${taskId} and node_name is not null)
    order by ordinal`,
  );
  return found.map(({ name }) => name);
}

/** Whether a client may know the id as a step of the task: admitted there, or in the task that it was inherited from. */
export async function isStepOfTask(db: Database, taskId: string, stepId: string): Promise<boolean> {
  const found = await rows(
    db,
    sql`
    select 1 from step s
    where s.task_id = ${taskId} and (s.id = ${stepId} and s.first_admitted_at is not null or s.inherited_from = ${stepId})
    limit 1`,
  );
  return found.length > 0;
}
