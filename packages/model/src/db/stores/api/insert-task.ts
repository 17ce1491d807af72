import { eq } from 'drizzle-orm';
import type { TaskAction } from '../../../domain/actions.js';
import { DrydockError } from '../../../domain/drydock-error.js';
import type { NodeFilterSet } from '../../../domain/node-filter.js';
import type { Database } from '../../open-database.js';
import { type RequestContext, task } from '../../tables/index.js';
import { type ShownTask, taskColumns } from './shown-rows.js';

export interface NewTask {
  readonly id: string;
  readonly action: TaskAction;
  /** Without user info. */
  readonly designRef: string;
  readonly designRefSealed: Buffer | null;
  readonly nodeFilter: NodeFilterSet | null;
  readonly lane: string;
  readonly createdBy: string;
  readonly requestContext: RequestContext;
  /** Two tasks never have the same. */
  readonly idempotencyKey: string | null;
  readonly idempotencyHash: string | null;
}

/** `known`: another request came with the same idempotency key and body before; `other`: with another body. */
export type TaskInsertion =
  | { readonly kind: 'created' | 'known'; readonly task: ShownTask }
  | { readonly kind: 'other'; readonly taskId: string };

/** Accepts a task, durably, with its first ring counted. May be repeated when it carries an idempotency key. */
export async function insertTask(db: Database, fresh: NewTask): Promise<TaskInsertion> {
  const inserted = await db
    .insert(task)
    .values({ ...fresh, status: 'queued', ring: 1 })
    .onConflictDoNothing({ target: task.idempotencyKey })
    .returning(taskColumns);
  if (inserted[0]) return { kind: 'created', task: inserted[0] };
  const earlier = await db
    .select({ ...taskColumns, idempotencyHash: task.idempotencyHash })
    .from(task)
    .where(eq(task.idempotencyKey, fresh.idempotencyKey ?? ''));
  if (!earlier[0]) {
    throw new DrydockError(
      'conflict',
      'the task with this Idempotency-Key was purged meanwhile; send the request again',
    );
  }
  const { idempotencyHash, ...known } = earlier[0];
  return idempotencyHash === fresh.idempotencyHash
    ? { kind: 'known', task: known }
    : { kind: 'other', taskId: known.id };
}
