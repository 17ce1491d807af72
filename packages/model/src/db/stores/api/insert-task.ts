import { eq, sql } from 'drizzle-orm';
import type { TaskAction } from '../../../domain/actions.js';
import { DrydockError } from '../../../domain/drydock-error.js';
import type { NodeFilterSet } from '../../../domain/node-filter.js';
import type { RetryScope } from '../../../domain/retry-scope.js';
import { taskMove } from '../../guarded-move.js';
import type { Database, Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
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
  readonly traceParent: string;
  /** Set for a retry: the task that it retries, what of it is done again, and the snapshot that it shares with it. */
  readonly retry?: NewRetry;
}

export interface NewRetry {
  readonly retryOf: string;
  readonly retryScope: RetryScope;
  readonly snapshotHash: string | null;
}

/** A lane that takes no more tasks for now. */
export interface FullLane {
  readonly lane: string;
  readonly queued: number;
  readonly maxQueued: number;
}

/**
 * `known`: another request came with the same idempotency key and body before; `other`: with another body; `full`: the
 * lane has as many queued tasks as it may have.
 */
export type TaskInsertion =
  | { readonly kind: 'created' | 'known'; readonly task: ShownTask }
  | { readonly kind: 'other'; readonly taskId: string }
  | ({ readonly kind: 'full' } & FullLane);

/**
 * Accepts a task, durably, with its first ring counted. May be repeated when it carries an idempotency key: what was
 * accepted once is answered also when its lane is full. Whoever inserts holds the lane's row, so that a lane never has
 * more queued tasks than it may have; nothing else waits for that row but a pause.
 */
export async function insertTask(db: Database, fresh: NewTask): Promise<TaskInsertion> {
  return await db.transaction(async (tx) => {
    const maxQueued = await lockLane(tx, fresh.lane);
    // A statement of its own: it must see what others committed while we waited for the lock.
    const queued = await countQueued(tx, fresh.lane);
    const created = queued < maxQueued ? await insertQueued(tx, fresh) : null;
    if (created) return { kind: 'created', task: created };
    const earlier = await findByKey(tx, fresh);
    if (earlier) return earlier;
    if (queued >= maxQueued) return { kind: 'full', lane: fresh.lane, queued, maxQueued };
    throw new DrydockError(
      'conflict',
      'the task with this Idempotency-Key was purged meanwhile; send the request again',
    );
  });
}

/** Its row is made by the apps' start; a lane that none of them names is made here. */
async function lockLane(tx: Transaction, lane: string): Promise<number> {
  const lock = () =>
    rows<{ maxQueued: number }>(tx, sql`select max_queued as "maxQueued" from lane where name = ${lane} for update`);
  const [found] = await lock();
  if (found) return found.maxQueued;
  await tx.execute(sql`insert into lane (name) values (${lane}) on conflict (name) do nothing`);
  const [made] = await lock();
  return made?.maxQueued ?? 0;
}

async function countQueued(tx: Transaction, lane: string): Promise<number> {
  const found = await rows<{ queued: number }>(
    tx,
    sql`select count(*)::int as queued from task t where t.lane = ${lane} and ${taskMove('start', 't').guard}`,
  );
  return found[0]?.queued ?? 0;
}

/** Null when the idempotency key was used before. */
async function insertQueued(tx: Transaction, { retry, ...fresh }: NewTask): Promise<ShownTask | null> {
  const inserted = await tx
    .insert(task)
    .values({ ...fresh, ...retry, status: 'queued', ring: 1 })
    .onConflictDoNothing({ target: task.idempotencyKey })
    .returning(taskColumns);
  return inserted[0] ?? null;
}

async function findByKey(tx: Transaction, fresh: NewTask): Promise<TaskInsertion | null> {
  if (fresh.idempotencyKey === null) return null;
  const earlier = await tx
    .select({ ...taskColumns, idempotencyHash: task.idempotencyHash })
    .from(task)
    .where(eq(task.idempotencyKey, fresh.idempotencyKey));
  if (!earlier[0]) return null;
  const { idempotencyHash, ...known } = earlier[0];
  return idempotencyHash === fresh.idempotencyHash
    ? { kind: 'known', task: known }
    : { kind: 'other', taskId: known.id };
}
