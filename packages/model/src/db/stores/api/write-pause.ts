import { sql, type SQL } from 'drizzle-orm';
import { taskMove } from '../../guarded-move.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { admissionLock } from '../engine/runs.js';

/** What can be terminated can begin something yet. */
const { guard: mayBegin } = taskMove('terminate');

/**
 * Stops admission: when this returns, no step of the task that has not begun is admitted any more.
 * @returns false when nobody has the id, or when it is paused already, terminating or over
 */
export async function writeTaskPause(db: Database, taskId: string, user: string): Promise<boolean> {
  return await underAdmissionLock(
    db,
    sql`update task set paused_at = clock_timestamp(), paused_by = ${user}, updated_at = clock_timestamp()
      where id = ${taskId} and paused_at is null and ${mayBegin} returning id`,
  );
}

/** @returns false when nobody has the id, or when it was not paused */
export async function eraseTaskPause(db: Database, taskId: string): Promise<boolean> {
  const found = await rows(
    db,
    sql`update task set paused_at = null, paused_by = null, updated_at = clock_timestamp()
      where id = ${taskId} and paused_at is not null and ${mayBegin} returning id`,
  );
  return found.length > 0;
}

/**
 * Admission stops for the lane's running task, and the lane starts no other.
 * @returns false when there is no such lane, or when it is paused already
 */
export async function writeLanePause(db: Database, lane: string, user: string): Promise<boolean> {
  return await underAdmissionLock(
    db,
    sql`update lane set paused_at = clock_timestamp(), paused_by = ${user}
      where name = ${lane} and paused_at is null returning name`,
  );
}

/** @returns false when there is no such lane, or when it was not paused */
export async function eraseLanePause(db: Database, lane: string): Promise<boolean> {
  const found = await rows(
    db,
    sql`update lane set paused_at = null, paused_by = null where name = ${lane} and paused_at is not null returning name`,
  );
  return found.length > 0;
}

/** Whoever admits at this moment is waited for: it may not have seen what is written here. */
async function underAdmissionLock(db: Database, statement: SQL): Promise<boolean> {
  return await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${admissionLock})`);
    return (await rows(tx, statement)).length > 0;
  });
}
