import { sql } from 'drizzle-orm';
import { type Verb, verbs } from '../../../domain/verbs.js';
import { stepMove } from '../../guarded-move.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { moved, type MovedStep } from './moves.js';

/** A step of a task that was terminated: ended as cancelled, or brought back to settle what is open. */
export interface StoppedStep extends MovedStep {
  /** Counts its rings: one that is still admitted must be rung for. */
  readonly ring: number;
}

const cancel = stepMove('cancel');
const due = stepMove('due');
const claim = stepMove('claim');

/** A machine that was switched off is switched on again, whoever asks to stop. */
const finishedVerbs = (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb].isFinishedWhenStopped);

/**
 * Cancels the steps that nobody executes and that owe nothing to a machine: no effect of theirs is open, and they are
 * not in the middle of an off and on. The others are called at once, to settle; they are told of once. Steps that
 * somebody else moves at this moment are left for the next time.
 *
 * @param stepIds a few thousand at most; those that have ended or run are left alone
 */
export async function stopSteps(tx: Transaction, stepIds: readonly string[]): Promise<readonly StoppedStep[]> {
  const locked = await rows<{ id: string }>(
    tx,
    sql`select id from step where id = any(${sql.param([...stepIds])}::uuid[]) and ${cancel.guard}
      order by id for update skip locked`,
  );
  if (locked.length === 0) return [];
  // A statement of its own: it must see the intents of whoever had a row until we locked it.
  return await rows<StoppedStep>(
    tx,
    sql`
    with stopping_step as (
      select s.id, exists (select 1 from intent i where i.step_id = s.id and i.settled_at is null)
        or (s.progress is not null and s.verb = any(${sql.param(finishedVerbs)}::text[])) as is_owing
      from step s where s.id = any(${sql.param(locked.map(({ id }) => id))}::uuid[])
    ), cancelled as (
      update step set status = ${cancel.to}, "end" = 'cancelled', error_class = 'cancelled', moved = false, not_before = null,
        reason = case when first_claimed_at is null then 'the task was terminated before the step began'
          else 'the task was terminated while the step was under way' || coalesce('; the last try said: ' || reason, '') end,
        observe_source = null, observe_key = null, observe_seen = null,
        ended_at = clock_timestamp(), updated_at = clock_timestamp()
      where id in (select id from stopping_step where not is_owing) and ${cancel.guard}
      returning ${moved}, ring
    ), owing as (
      update step set stopping = true, moved = false, not_before = null,
        status = case when ${due.guard} then ${due.to} else status end,
        ring = ring + case when ${claim.guard} then 1 else 0 end,
        rang_at = case when ${claim.guard} then clock_timestamp() else rang_at end, updated_at = clock_timestamp()
      where id in (select id from stopping_step where is_owing) and not stopping
      returning ${moved}, ring
    )
    select * from cancelled union all select * from owing`,
  );
}
