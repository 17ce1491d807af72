import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove, taskMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import { utcText } from '../../utc-text.js';
import { namedStep, type NamedStep } from './named-step.js';

export interface OwnStep {
  readonly id: string;
  readonly fence: number;
}

/** Of a step `s`: what was last seen of its machine, to end a reason with; empty when nothing was. */
const lastKnownState = sql`coalesce('; last known state: ' || s.last_state || ', since ' || ${utcText('s.last_state_since')}, '')`;

const lose = stepMove('lose', 's');
const end = stepMove('end', 's');
const overdue = stepMove('overdue', 'o');
const { guard: isAdmitted } = stepMove('claim', 's');

/**
 * Gives back steps that a living worker no longer works on, because it could not report: admitted again with all their
 * places, and rung by the next sweep.
 * @returns those that were still its own
 */
export async function giveUpSteps(
  db: Database,
  holderId: string,
  steps: readonly OwnStep[],
): Promise<readonly NamedStep[]> {
  return await rows<NamedStep>(
    db,
    sql`
    update step s set status = ${lose.to}, moved = true, holder_id = null, rang_at = '-infinity', updated_at = clock_timestamp()
    from jsonb_to_recordset(${jsonb(steps)}) as own(id uuid, fence int)
    where s.id = own.id and s.fence = own.fence and s.holder_id = ${holderId} and ${lose.guard}
    returning ${namedStep}`,
  );
}

/** Enough to ring for a step. */
export interface Ringable extends NamedStep {
  readonly ring: number;
}

const ringable = sql`${namedStep}, s.ring`;

/** A step that a sweep took from its worker. */
export interface LostStep extends Ringable {
  /** Null: it is admitted again. */
  readonly errorClass: 'worker_died' | 'effect_unknown' | null;
}

/** Lost so often in one attempt: the step itself kills its workers. */
const lostTooOften = 3;

/**
 * Takes steps away from workers that no longer renew their lease. They are admitted again with all their places, or
 * end when they were lost too often. Nobody is expired while the server is younger than a lease.
 */
export async function loseSteps(db: Database, leaseSeconds: number): Promise<readonly LostStep[]> {
  return await rows<LostStep>(
    db,
    sql`
    update step s set moved = true, holder_id = null, lost_count = s.lost_count + 1, updated_at = clock_timestamp(),
      status = case when s.lost_count + 1 >= ${lostTooOften} then ${end.to} else ${lose.to} end,
      "end" = case when s.lost_count + 1 >= ${lostTooOften} then 'failed' end,
      error_class = case when s.lost_count + 1 < ${lostTooOften} then null
        when exists (select 1 from intent i where i.step_id = s.id and i.settled_at is null) then 'effect_unknown'
        else 'worker_died' end,
      reason = case when s.lost_count + 1 >= ${lostTooOften} then
        'the worker that executed it died three times in one attempt' || coalesce(
          (select ', the last time with ' || (i.effect->>'kind') || ' begun and not settled'
            from intent i where i.step_id = s.id and i.settled_at is null order by i.id desc limit 1), '')
        || ${lastKnownState} || '; look at the machine before you try again' end,
      ended_at = case when s.lost_count + 1 >= ${lostTooOften} then clock_timestamp() end,
      ring = s.ring + 1, rang_at = clock_timestamp()
    where s.id in (
      select l.id from step l
      where ${stepMove('lose', 'l').guard}
        and pg_postmaster_start_time() < clock_timestamp() - make_interval(secs => ${leaseSeconds})
        and not exists (select 1 from holder h where h.id = l.holder_id and h.expires_at > clock_timestamp())
      order by l.id for update skip locked)
    returning ${ringable}, s.error_class as "errorClass"`,
  );
}

/** Steps that were rung and that nobody has claimed for a while. */
export async function unclaimedSteps(db: Database, afterSeconds: number): Promise<readonly Ringable[]> {
  return await rows<Ringable>(
    db,
    sql`select ${ringable} from step s
      where ${isAdmitted} and s.rang_at < clock_timestamp() - make_interval(secs => ${afterSeconds})
      order by s.rang_at limit 1000`,
  );
}

/** Gives the step a fresh job id. @returns the ones that are still unclaimed */
export async function ringAgain(db: Database, stepIds: readonly string[]): Promise<readonly Ringable[]> {
  if (stepIds.length === 0) return [];
  return await rows<Ringable>(
    db,
    sql`update step s set ring = s.ring + 1, rang_at = clock_timestamp()
      where s.id = any(${sql.param([...stepIds])}::uuid[]) and ${isAdmitted} returning ${ringable}`,
  );
}

/** Ends steps whose deadline passed a minute ago and that nobody executes; an open intent must be settled by a call. */
export async function failOverdueSteps(db: Database, graceSeconds: number): Promise<readonly NamedStep[]> {
  return await rows<NamedStep>(
    db,
    sql`
    update step s set status = ${overdue.to}, "end" = 'failed', moved = true, error_class = 'timeout',
      reason = coalesce('the deadline passed; the last try said: ' || s.reason, 'the deadline passed and no worker executed the step')
        || coalesce('; the retry budget of ' || s.exhausted_budget || ' was used up', '') || ${lastKnownState},
      ended_at = clock_timestamp(), updated_at = clock_timestamp()
    where s.id in (
      select o.id from step o
      where ${overdue.guard} and o.holder_id is null and o.deadline_at < clock_timestamp() - make_interval(secs => ${graceSeconds})
        and not exists (select 1 from intent i where i.step_id = o.id and i.settled_at is null)
      order by o.id for update skip locked)
    returning ${namedStep}`,
  );
}

/** The lanes whose run is over, to clear their active job. */
export async function idleLanes(db: Database): Promise<readonly string[]> {
  const found = await rows<{ lane: string }>(
    db,
    sql`select r.lane from run r left join task t on t.id = r.task_id where t.id is null or not (${taskMove('finish', 't').guard})`,
  );
  return found.map((row) => row.lane);
}
