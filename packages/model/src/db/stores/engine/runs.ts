import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { DrydockError } from '../../../domain/drydock-error.js';
import { taskMove } from '../../guarded-move.js';
import { isBegun, isDriverless, isKnown, isPaused, isTerminating } from './run-conditions.js';

/** The right to drive a lane's task. Every write of the scheduler carries it. */
export interface RunRef {
  readonly lane: string;
  readonly taskId: string;
  readonly epoch: number;
  readonly holderId: string;
}

interface RunRow {
  readonly lane: string;
  readonly task_id: string;
  readonly epoch: string;
}

const uniqueViolation = '23505';

const start = taskMove('start', 't');

/**
 * Moves the lane's oldest queued task that is not paused to `running` and writes the run, in one statement.
 * @returns null when the lane is busy, paused or empty
 */
export async function startNext(db: Database, lane: string, holderId: string): Promise<RunRef | null> {
  const statement = sql`
    with next as (
      select t.id from task t
      where t.lane = ${lane} and ${start.guard} and not ${isPaused}
        and not exists (select 1 from task r where r.lane = ${lane} and ${taskMove('finish', 'r').guard})
        and exists (select 1 from holder h where h.id = ${holderId} and h.expires_at > clock_timestamp())
      order by t.position limit 1 for update skip locked
    ), started as (
      update task t set status = ${start.to}, started_at = clock_timestamp(), updated_at = clock_timestamp()
      from next where t.id = next.id and ${start.guard} returning t.id
    )
    insert into run (lane, task_id, epoch, holder_id) select ${lane}, id, 1, ${holderId} from started
    on conflict (lane) do update
      set task_id = excluded.task_id, epoch = run.epoch + 1, holder_id = excluded.holder_id, since = clock_timestamp()
    returning lane, task_id, epoch`;
  try {
    return toRun(await rows<RunRow>(db, statement), holderId);
  } catch (error) {
    if (sqlState(error) === uniqueViolation) return null;
    throw error;
  }
}

/**
 * Takes over the lane's unfinished run whose holder's lease has run out, or that nobody holds.
 * Nobody is expired while the server is younger than a lease: its holders could not have renewed.
 */
export async function takeOverRun(
  db: Database,
  lane: string,
  holderId: string,
  leaseSeconds: number,
): Promise<RunRef | null> {
  const statement = sql`
    update run r set epoch = r.epoch + 1, holder_id = ${holderId}, since = clock_timestamp()
    from task t
    where r.lane = ${lane} and t.id = r.task_id and ${isBegun} and ${isKnown}
      and pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${leaseSeconds})
      and ${isDriverless}
      and exists (select 1 from holder h where h.id = ${holderId} and h.expires_at > clock_timestamp())
    returning r.lane, r.task_id, r.epoch`;
  return toRun(await rows<RunRow>(db, statement), holderId);
}

/** Lets a run go that this version cannot drive: another may take it at once. */
export async function releaseRun(db: Database, run: RunRef): Promise<void> {
  await db.execute(sql`update run set holder_id = null where lane = ${run.lane} and epoch = ${run.epoch}`);
}

/** Lanes with something to start or to take over. */
export async function restlessLanes(db: Database): Promise<readonly string[]> {
  const found = await rows<{ lane: string }>(
    db,
    sql`
    select distinct t.lane from task t where ${start.guard} and not ${isPaused}
    union
    select r.lane from run r join task t on t.id = r.task_id and ${isBegun} and ${isKnown}
    where ${isDriverless}`,
  );
  return found.map((row) => row.lane);
}

/**
 * The first statement of every transaction of a run: the one lock under which groups are read and written, and proof
 * that the run is still ours.
 * @throws DrydockError `run_lost`: drop the plan from memory, write nothing
 */
export async function guardRun(tx: Transaction, run: RunRef): Promise<number> {
  return (await guardCycle(tx, run)).now;
}

/** What a scheduler must know at the start of a cycle. */
export interface RunOrders {
  /** The database's clock, milliseconds. */
  readonly now: number;
  /** The task was terminated: what has not ended is cancelled or settled, nothing begins. */
  readonly isTerminating: boolean;
  /** The task or its lane is paused. As it was before the lock was ours: admission asks again. */
  readonly isPaused: boolean;
}

/**
 * As `guardRun`, with what was ordered meanwhile.
 * @throws DrydockError `run_lost`
 */
export async function guardCycle(tx: Transaction, run: RunRef): Promise<RunOrders> {
  const found = await rows<RunOrders>(
    tx,
    sql`select pg_advisory_xact_lock(${admissionLock}), (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
        ${isTerminating} as "isTerminating", ${isPaused} as "isPaused"
      from run r join task t on t.id = r.task_id
      where r.lane = ${run.lane} and r.task_id = ${run.taskId} and r.epoch = ${run.epoch} and r.holder_id = ${run.holderId}
      for share of r`,
  );
  if (!found[0]) {
    throw new DrydockError('run_lost', `the run of task ${run.taskId} was taken over by another scheduler`);
  }
  return found[0];
}

/** Under it groups are read and written. */
export const admissionLock = 4_070_316_002;

function toRun(found: readonly RunRow[], holderId: string): RunRef | null {
  const row = found[0];
  return row ? { lane: row.lane, taskId: row.task_id, epoch: Number(row.epoch), holderId } : null;
}

/** Drizzle wraps driver errors; the SQLSTATE is on the cause. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined;
}
