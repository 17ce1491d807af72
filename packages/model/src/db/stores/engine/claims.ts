import { sql } from 'drizzle-orm';
import type { CompiledNode } from '../../../design/compiled-design.js';
import type { StepStatus } from '../../../domain/step-moves.js';
import type { Verb } from '../../../domain/verbs.js';
import type { Effect } from '../../../ports/step-context.js';
import type { Progress } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';

/** What a worker needs to execute a step that it has just claimed. */
export interface ClaimedStep {
  readonly id: string;
  readonly taskId: string;
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly attempt: number;
  readonly fence: number;
  readonly tries: number;
  readonly progress: Progress | null;
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
  readonly node: CompiledNode | null;
  /** Of the step's node, or of the site; opened only for a call that needs them. */
  readonly sealedSecrets: readonly { readonly path: string; readonly base64: string }[];
  readonly openIntentId: string | null;
  readonly openEffect: Effect | null;
  readonly openIntentAgeSeconds: number | null;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly step: ClaimedStep }
  /** Somebody else was faster, or the step is elsewhere in its life: the doorbell was late. */
  | { readonly kind: 'not_mine'; readonly status: StepStatus | null };

const claim = stepMove('claim', 's');

/** Takes the lease of an admitted step: the fence grows, and every later write must carry it. */
export async function claimStep(db: Database, stepId: string, holderId: string): Promise<Claim> {
  const found = await rows<ClaimedStep>(
    db,
    sql`
    with claimed as (
      update step s set status = ${claim.to}, fence = s.fence + 1, holder_id = ${holderId},
        claimed_at = clock_timestamp(), updated_at = clock_timestamp(),
        first_claimed_at = coalesce(s.first_claimed_at, clock_timestamp()),
        deadline_at = coalesce(s.deadline_at, clock_timestamp() + make_interval(secs => s.deadline_seconds))
      where s.id = ${stepId} and ${claim.guard}
        and exists (select 1 from holder h where h.id = ${holderId} and h.expires_at > clock_timestamp())
      returning s.*
    )
    select c.id, c.task_id as "taskId", c.verb, c.node_name as "nodeName", c.attempt, c.fence, c.tries, c.progress,
      c.stopping, extract(epoch from clock_timestamp() - t.terminate_requested_at)::float8 as "stoppingForSeconds",
      c.claimed_at >= c.deadline_at as "isLastCall",
      extract(epoch from c.deadline_at - clock_timestamp())::float8 as "secondsLeft",
      t.plan_format as "planFormat", t.snapshot_hash as "snapshotHash",
      (select f.format from snapshot f where f.hash = t.snapshot_hash) as "snapshotFormat", n.document as node,
      (select coalesce(json_agg(json_build_object('path', x.path, 'base64', encode(x.sealed, 'base64'))), '[]')
        from secret x where x.snapshot_hash = t.snapshot_hash and x.node_name = coalesce(c.node_name, '')) as "sealedSecrets",
      i.id as "openIntentId", i.effect as "openEffect", i.age as "openIntentAgeSeconds"
    from claimed c join task t on t.id = c.task_id
    left join snapshot_node n on n.hash = t.snapshot_hash and n.name = c.node_name
    left join lateral (
      select id, effect, extract(epoch from clock_timestamp() - written_at)::float8 as age
      from intent where step_id = c.id and settled_at is null order by id desc limit 1
    ) i on true`,
  );
  if (found[0]) return { kind: 'claimed', step: found[0] };
  const present = await rows<{ status: StepStatus }>(db, sql`select status from step where id = ${stepId}`);
  return { kind: 'not_mine', status: present[0]?.status ?? null };
}
