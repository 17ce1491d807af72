import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { jsonb } from '../../jsonb.js';

export interface OwnStep {
  readonly id: string;
  readonly fence: number;
}

/**
 * Gives back steps that a living worker no longer works on, because it could not report: admitted again with all their
 * places, and rung by the next sweep.
 */
export async function giveUpSteps(db: Database, holderId: string, steps: readonly OwnStep[]): Promise<void> {
  await db.execute(sql`
    update step s set status = 'admitted', moved = true, holder_id = null, rang_at = '-infinity', updated_at = clock_timestamp()
    from jsonb_to_recordset(${jsonb(steps)}) as own(id uuid, fence int)
    where s.id = own.id and s.fence = own.fence and s.holder_id = ${holderId} and s.status = 'running'`);
}

/** Enough to ring for a step. */
export interface Ringable {
  readonly id: string;
  readonly taskId: string;
  readonly verb: string;
  readonly nodeName: string | null;
  readonly ring: number;
}

const ringable = sql.raw(`s.id, s.task_id as "taskId", s.verb, s.node_name as "nodeName", s.ring`);

/** Lost so often in one attempt: the step itself kills its workers. */
const lostTooOften = 3;

/**
 * Takes steps away from workers that no longer renew their lease. They are admitted again with all their places, or
 * end when they were lost too often. Nobody is expired while the server is younger than a lease.
 */
export async function loseSteps(db: Database, leaseSeconds: number): Promise<readonly Ringable[]> {
  return await rows<Ringable>(
    db,
    sql`
    update step s set moved = true, holder_id = null, lost_count = s.lost_count + 1, updated_at = clock_timestamp(),
      status = case when s.lost_count + 1 >= ${lostTooOften} then 'ended' else 'admitted' end,
      "end" = case when s.lost_count + 1 >= ${lostTooOften} then 'failed' end,
      error_class = case when s.lost_count + 1 < ${lostTooOften} then null
        when exists (select 1 from intent i where i.step_id = s.id and i.settled_at is null) then 'effect_unknown'
        else 'worker_died' end,
      reason = case when s.lost_count + 1 >= ${lostTooOften} then
        'the worker that executed it died three times in one attempt; look at the machine before you try again' end,
      ended_at = case when s.lost_count + 1 >= ${lostTooOften} then clock_timestamp() end,
      ring = s.ring + 1, rang_at = clock_timestamp()
    where s.id in (
      select l.id from step l
      where l.status = 'running'
        and pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${leaseSeconds})
        and not exists (select 1 from holder h where h.id = l.holder_id and h.expires_at > clock_timestamp())
      order by l.id for update skip locked)
    returning ${ringable}`,
  );
}

/** Steps that were rung and that nobody has claimed for a while. */
export async function unclaimedSteps(db: Database, afterSeconds: number): Promise<readonly Ringable[]> {
  return await rows<Ringable>(
    db,
    sql`select ${ringable} from step s
      where s.status = 'admitted' and s.rang_at < clock_timestamp() - make_interval(secs => ${afterSeconds})
      order by s.rang_at limit 1000`,
  );
}

/** Gives the step a fresh job id. @returns the ones that are still unclaimed */
export async function ringAgain(db: Database, stepIds: readonly string[]): Promise<readonly Ringable[]> {
  if (stepIds.length === 0) return [];
  return await rows<Ringable>(
    db,
    sql`update step s set ring = s.ring + 1, rang_at = clock_timestamp()
      where s.id = any(${sql.param([...stepIds])}::uuid[]) and s.status = 'admitted' returning ${ringable}`,
  );
}

/** Ends steps whose deadline passed a minute ago and that nobody executes; an open intent must be settled by a call. */
export async function failOverdueSteps(db: Database, graceSeconds: number): Promise<number> {
  const found = await rows(
    db,
    sql`
    update step s set status = 'ended', "end" = 'failed', moved = true, error_class = 'timeout',
      reason = coalesce('the deadline passed; the last try said: ' || s.reason, 'the deadline passed and no worker executed the step'),
      ended_at = clock_timestamp(), updated_at = clock_timestamp()
    where s.id in (
      select o.id from step o
      where o.status in ('pending', 'admitted') and o.deadline_at < clock_timestamp() - make_interval(secs => ${graceSeconds})
        and not exists (select 1 from intent i where i.step_id = o.id and i.settled_at is null)
      order by o.id for update skip locked)
    returning s.id`,
  );
  return found.length;
}

/** The lanes whose run is over, to clear their active job. */
export async function idleLanes(db: Database): Promise<readonly string[]> {
  const found = await rows<{ lane: string }>(
    db,
    sql`select r.lane from run r left join task t on t.id = r.task_id where t.id is null or t.status in ('complete', 'terminated')`,
  );
  return found.map((row) => row.lane);
}
