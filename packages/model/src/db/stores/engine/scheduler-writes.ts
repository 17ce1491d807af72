import { sql } from 'drizzle-orm';
import type { TaskResult } from '../../../domain/task-result.js';
import type { StatusNote } from '../../../ports/step-outcome.js';
import { DrydockError } from '../../../domain/drydock-error.js';
import { stepMove, taskMove } from '../../guarded-move.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { countedStages, type StageChange } from './counted-stages.js';
import { releaseTask } from './places.js';
import type { RunRef } from './runs.js';
import { jsonb } from '../../jsonb.js';
import { requireAllMoved } from './require-all-moved.js';

/** Counters of stages and of the task, in one statement. */
export async function countStages(tx: Transaction, taskId: string, changes: readonly StageChange[]): Promise<void> {
  await tx.execute(sql`with ${countedStages(taskId, changes)} select 1`);
}

const skip = stepMove('skip');

/**
 * Ends steps that will never start.
 * @throws DrydockError `illegal_move` when one of them has begun
 */
export async function skipSteps(tx: Transaction, stepIds: readonly string[]): Promise<void> {
  const skipped = await rows<{ id: string }>(
    tx,
    sql`
    update step set status = ${skip.to}, "end" = 'skipped', ended_at = clock_timestamp(), updated_at = clock_timestamp()
    where id = any(${sql.param([...stepIds])}::uuid[]) and ${skip.guard} returning id`,
  );
  requireAllMoved('skip', stepIds, skipped);
}

const { guard: isPending } = stepMove('admit');

/**
 * A fresh attempt does not start at once.
 * @throws DrydockError `illegal_move` when one of the steps has begun
 */
export async function delaySteps(tx: Transaction, stepIds: readonly string[], seconds: number): Promise<void> {
  const delayed = await rows<{ id: string }>(
    tx,
    sql`
    update step set not_before = clock_timestamp() + make_interval(secs => ${seconds})
    where id = any(${sql.param([...stepIds])}::uuid[]) and ${isPending} returning id`,
  );
  requireAllMoved('admit', stepIds, delayed);
}

/** Pins the snapshot that every step of the task will see. */
export async function pinSnapshot(tx: Transaction, taskId: string, hash: string): Promise<void> {
  await tx.execute(sql`update task set snapshot_hash = ${hash}, updated_at = clock_timestamp() where id = ${taskId}`);
}

/** Messages of the task itself. */
export async function noteTask(tx: Transaction, taskId: string, notes: readonly StatusNote[]): Promise<void> {
  if (notes.length === 0) return;
  await tx.execute(sql`
    insert into message (task_id, text, is_error, context_type, context)
    select ${taskId}, n.text, n."isError", n."contextType", n.context
    from jsonb_to_recordset(${jsonb(notes)}) as n(
      text text, "isError" boolean, "contextType" text, context text)`);
}

const finish = taskMove('finish');

/**
 * Folds the result into the task and lets the lane go.
 * @throws DrydockError `illegal_move` when the task does not run
 */
export async function finishTask(tx: Transaction, run: RunRef, result: TaskResult): Promise<void> {
  await releaseTask(tx, run.taskId);
  const found = await rows(
    tx,
    sql`
    with finished as (
      update task set status = ${finish.to},
        result_status = ${result.status}, successes = ${sql.param([...result.successes])}::text[],
        failures = ${sql.param([...result.failures])}::text[], ended_at = clock_timestamp(), updated_at = clock_timestamp()
      where id = ${run.taskId} and ${finish.guard} returning id
    ), freed as (
      update run set task_id = null, holder_id = null where lane = ${run.lane} and task_id in (select id from finished)
    )
    select id from finished`,
  );
  if (found.length > 0) return;
  throw new DrydockError(
    'illegal_move',
    `finish is not possible for task ${run.taskId}: it does not run; read it again`,
  );
}
