import { sql } from 'drizzle-orm';
import { DrydockError } from '../../../domain/drydock-error.js';
import type { Effect } from '../../../ports/step-context.js';
import type { Progress } from '../../../ports/step-outcome.js';
import { checkProgress } from '../../check-progress.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { jsonbRows } from '../../jsonb.js';
import { stepMove } from '../../guarded-move.js';
import { idsOf, lockRows, type RowLock } from './row-lock.js';
import { isTerminating } from './run-conditions.js';

export interface StepLease {
  readonly stepId: string;
  readonly fence: number;
}

/** What became of an announced effect; rides on the next durable write of the step. */
export interface Settlement {
  readonly intentId: string;
  readonly found: 'done' | 'not_done' | 'refused';
}

export interface NewIntent {
  readonly effect: Effect;
  /** Undefined: leave it as it is. */
  readonly progress: Progress | undefined;
  readonly settlements: readonly Settlement[];
  /** The step was claimed after its task was terminated: what it announces belongs to what it began before. */
  readonly isStopping?: boolean;
}

/** A write of one step, ready for the statement that writes many. */
export interface PreparedWrite {
  readonly lease: StepLease;
  /** The step's row in the statement's parameter, as JSON. */
  readonly row: string;
}

/** @throws DrydockError `driver_fault` for progress that cannot be kept */
export function prepareIntent(lease: StepLease, intent: NewIntent): PreparedWrite {
  checkProgress(intent.progress);
  return { lease, row: JSON.stringify({ id: lease.stepId, fence: lease.fence, ...intent }) };
}

/** Who may announce is who may end. */
const { guard } = stepMove('end', 's');

/** From the moment at which a task was terminated on nothing new is done to a machine. The step is `s`, its intent `w`. */
const mayAnnounce = sql`(coalesce(w."isStopping", false)
  or not exists (select 1 from task t where t.id = s.task_id and ${isTerminating}))`;

/**
 * Announces effects durably, each under its own fence, in one statement.
 * @param writes at most one per step
 * @returns ids of the intents by step; a step that may not announce, or whose row was passed by, is not in it
 */
export async function writeIntents(
  db: Database,
  writes: readonly PreparedWrite[],
  lock: RowLock,
): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ id: string; stepId: string }>(
    db,
    sql`
    with wanted as (
      select * from jsonb_to_recordset(${jsonbRows(writes.map(({ row }) => row))}) as w(
        id uuid, fence int, effect jsonb, progress jsonb, settlements jsonb, "isStopping" boolean)
    ), locked as (
      select s.id from step s where s.id = any(${idsOf(writes.map(({ lease }) => lease.stepId))}) order by s.id ${lockRows[lock]}
    ), mine as (
      update step s set progress = coalesce(w.progress, s.progress), updated_at = clock_timestamp()
      from locked l join wanted w on w.id = l.id
      where s.id = l.id and s.fence = w.fence and ${guard} and ${mayAnnounce}
      returning s.id, s.fence, w.effect, w.settlements
    ), settled as (
      update intent i set settled_at = clock_timestamp(), found = x.found
      from mine, jsonb_to_recordset(mine.settlements) as x("intentId" bigint, found text)
      where i.id = x."intentId" and i.step_id = mine.id
    )
    insert into intent (step_id, fence, effect) select id, fence, effect from mine returning id, step_id as "stepId"`,
  );
  return new Map(found.map(({ id, stepId }) => [stepId, id]));
}

/**
 * Announces an effect durably.
 * @returns the intent's id
 * @throws DrydockError `fence_lost`; `illegal_move` when its task was terminated since the claim; `driver_fault` for
 * progress that cannot be kept: nothing was written
 */
export async function writeIntent(db: Database, lease: StepLease, intent: NewIntent): Promise<string> {
  return await writeIntentAlone(db, prepareIntent(lease, intent));
}

/** As `writeIntent`. */
export async function writeIntentAlone(db: Database, write: PreparedWrite): Promise<string> {
  const id = (await writeIntents(db, [write], 'wait')).get(write.lease.stepId);
  if (id === undefined) throw await whyNot(db, write.lease);
  return id;
}

async function whyNot(db: Database, lease: StepLease): Promise<DrydockError> {
  const ours = await rows(
    db,
    sql`select 1 from step s where s.id = ${lease.stepId} and s.fence = ${lease.fence} and ${guard}`,
  );
  if (ours.length === 0) return fenceLost(lease);
  return new DrydockError('illegal_move', `the task of step ${lease.stepId} was terminated: announce nothing more`);
}

export function fenceLost(lease: StepLease): DrydockError {
  return new DrydockError('fence_lost', `step ${lease.stepId} is no longer ours (fence ${lease.fence}): write nothing`);
}
