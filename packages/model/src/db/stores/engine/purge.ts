import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { admissionLock } from './runs.js';

/** So that a look at the effects of last week's accident is possible; no route shows them. */
const intentDays = 7;
/** One sweep locks and writes at most so many rows; the next one goes on. */
const rowsPerSweep = 10_000;
/** A group without places is made again by whoever needs it. */
const groupDays = 1;

/** Forgets processes that have been gone for an hour. @returns how many */
export async function purgeHolders(db: Database): Promise<number> {
  const gone = await rows(
    db,
    sql`delete from holder where expires_at < clock_timestamp() - interval '1 hour' returning id`,
  );
  return gone.length;
}

/**
 * Forgets settled effects of steps that ended a week ago. One that was never settled stays with its step: it says that
 * nobody knows what became of it. @returns how many
 */
export async function purgeIntents(db: Database): Promise<number> {
  const before = sql`clock_timestamp() - make_interval(days => ${intentDays})`;
  const gone = await rows(
    db,
    sql`
    delete from intent where id in (
      select i.id from intent i join step s on s.id = i.step_id
      where i.settled_at < ${before} and i.written_at < ${before} and s.ended_at < ${before}
      order by i.id limit ${rowsPerSweep})
    returning id`,
  );
  return gone.length;
}

/** Forgets groups of nodes, BMCs and racks in which nobody has had a place for a day. @returns how many */
export async function purgeGroups(db: Database): Promise<number> {
  return await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${admissionLock})`);
    const gone = await rows(
      tx,
      sql`
      delete from concurrency_group g
      where g.held = 0 and g.last_admitted_at < clock_timestamp() - make_interval(days => ${groupDays})
        and coalesce(g.closed_until, '-infinity') < clock_timestamp()
        and not exists (select 1 from place p where p.group_key = g.key)
      returning key`,
    );
    return gone.length;
  });
}
