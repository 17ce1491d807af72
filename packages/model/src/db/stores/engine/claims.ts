import { sql } from 'drizzle-orm';
import type { StepStatus } from '../../../domain/step-moves.js';
import type { Verb } from '../../../domain/verbs.js';
import type { Effect } from '../../../ports/step-context.js';
import type { Progress } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';
import { idsOf, lockRows, type RowLock } from './row-lock.js';
import { isTerminating } from './run-conditions.js';
import { utcText } from '../../utc-text.js';

/** What a worker needs to execute a step that it has just claimed; the design's part is read by `readNodeMaterial`. */
export interface ClaimedStep {
  readonly id: string;
  readonly taskId: string;
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly attempt: number;
  readonly fence: number;
  readonly tries: number;
  /** Calls that threw in this attempt. */
  readonly triesTotal: number;
  /** The retry budget that could not pay for another try, which makes this call the last; null: none. */
  readonly exhaustedBudget: string | null;
  /** What a call last said of the machine, and since when it says so, as text; null: none has said anything. */
  readonly lastState: string | null;
  readonly lastStateSince: string | null;
  readonly progress: Progress | null;
  /** Its task was terminated: it is called only to settle what is open. */
  readonly stopping: boolean;
  /** Since somebody asked to stop the task; null when nobody has. */
  readonly stoppingForSeconds: number | null;
  /** Claimed at or after the deadline: as `wakeDueSteps` tells a step that was woken by it. */
  readonly isLastCall: boolean;
  /** Until the deadline of the attempt. */
  readonly secondsLeft: number;
  readonly planFormat: number | null;
  readonly snapshotHash: string | null;
  readonly snapshotFormat: number | null;
  readonly openIntentId: string | null;
  readonly openEffect: Effect | null;
  readonly openIntentAgeSeconds: number | null;
  /** The trace of its task. */
  readonly traceParent: string | null;
  /** Since it was last rung for, and since it was first admitted; null where that is not known. */
  readonly rungForMs: number | null;
  readonly admittedForMs: number | null;
  /** Moments of its first admission, milliseconds since 1970. */
  readonly readySinceMs: number | null;
  readonly firstAdmittedAtMs: number | null;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly step: ClaimedStep }
  /** Somebody else was faster, or the step is elsewhere in its life: the doorbell was late. */
  | { readonly kind: 'not_mine'; readonly status: StepStatus | null };

const claim = stepMove('claim', 's');

/**
 * Takes the leases of admitted steps: each fence grows, and every later write must carry it.
 * @returns those that were admitted, and whose rows were not passed by
 */
export async function claimSteps(
  db: Database,
  stepIds: readonly string[],
  holderId: string,
  lock: RowLock,
): Promise<readonly ClaimedStep[]> {
  return await rows<ClaimedStep>(
    db,
    sql`
    with locked as (
      select s.id from step s where s.id = any(${idsOf(stepIds)}) and ${claim.guard}
        and exists (select 1 from holder h where h.id = ${holderId} and h.expires_at > clock_timestamp())
      order by s.id ${lockRows[lock]}
    ), claimed as (
      update step s set status = ${claim.to}, fence = s.fence + 1, holder_id = ${holderId},
        claimed_at = clock_timestamp(), updated_at = clock_timestamp(),
        first_claimed_at = coalesce(s.first_claimed_at, clock_timestamp()),
        deadline_at = coalesce(s.deadline_at, clock_timestamp() + make_interval(secs => s.deadline_seconds))
      from locked l where s.id = l.id and ${claim.guard}
      returning s.*
    )
    select c.id, c.task_id as "taskId", c.verb, c.node_name as "nodeName", c.attempt, c.fence, c.tries, c.tries_total as "triesTotal",
      c.exhausted_budget as "exhaustedBudget", c.last_state as "lastState", ${utcText('c.last_state_since')} as "lastStateSince",
      c.progress,
      ${isTerminating} as stopping, extract(epoch from clock_timestamp() - t.terminate_requested_at)::float8 as "stoppingForSeconds",
      c.claimed_at >= c.deadline_at as "isLastCall",
      extract(epoch from c.deadline_at - clock_timestamp())::float8 as "secondsLeft",
      t.plan_format as "planFormat", t.snapshot_hash as "snapshotHash",
      (select f.format from snapshot f where f.hash = t.snapshot_hash) as "snapshotFormat",
      i.id as "openIntentId", i.effect as "openEffect", i.age as "openIntentAgeSeconds",
      t.trace_parent as "traceParent",
      case when isfinite(c.rang_at) then (extract(epoch from c.claimed_at - c.rang_at) * 1000)::float8 end as "rungForMs",
      (extract(epoch from c.claimed_at - c.first_admitted_at) * 1000)::float8 as "admittedForMs",
      (extract(epoch from c.ready_since) * 1000)::float8 as "readySinceMs",
      (extract(epoch from c.first_admitted_at) * 1000)::float8 as "firstAdmittedAtMs"
    from claimed c join task t on t.id = c.task_id
    left join lateral (
      select id, effect, extract(epoch from clock_timestamp() - written_at)::float8 as age
      from intent where step_id = c.id and settled_at is null order by id desc limit 1
    ) i on true`,
  );
}

/** Claims one step, waiting for its row. */
export async function claimStep(db: Database, stepId: string, holderId: string): Promise<Claim> {
  const [step] = await claimSteps(db, [stepId], holderId, 'wait');
  if (step) return { kind: 'claimed', step };
  const present = await rows<{ status: StepStatus }>(db, sql`select status from step where id = ${stepId}`);
  return { kind: 'not_mine', status: present[0]?.status ?? null };
}
