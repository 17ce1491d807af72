import { sql } from 'drizzle-orm';
import type { GroupState } from '../../../domain/groups/admit.js';
import type { GroupScope } from '../../../domain/groups/group.js';
import { stepsGroupKey } from '../../../domain/groups/group-needs.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import { requireAllMoved } from './require-all-moved.js';

export interface Release {
  /** Steps that ended: all their places. */
  readonly endedStepIds: readonly string[];
  /** Steps that wait or will be tried again: only the places of a call. */
  readonly restingStepIds: readonly string[];
  /** Nodes whose last step of the task ended. */
  readonly nodeNames: readonly string[];
}

/** Gives places back. */
export async function releasePlaces(tx: Transaction, taskId: string, release: Release): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from place where task_id = ${taskId} and (
        step_id = any(${sql.param([...release.endedStepIds])}::uuid[])
        or (step_id = any(${sql.param([...release.restingStepIds])}::uuid[]) and scope in ('call', 'steps'))
        or (scope = 'task' and node_name = any(${sql.param([...release.nodeNames])}::text[])))
      returning group_key, weight
    ), sums as (select group_key, sum(weight)::int as weight from gone group by group_key)
    update concurrency_group g set held = g.held - sums.weight from sums where g.key = sums.group_key`);
}

/** Gives back everything that a task still holds. */
export async function releaseTask(tx: Transaction, taskId: string): Promise<void> {
  await tx.execute(sql`
    with gone as (delete from place where task_id = ${taskId} returning group_key, weight),
    sums as (select group_key, sum(weight)::int as weight from gone group by group_key)
    update concurrency_group g set held = g.held - sums.weight from sums where g.key = sums.group_key`);
}

/** Nobody gets a place in these groups for so long, whoever gives one back. */
export async function shutGroups(tx: Transaction, keys: readonly string[], seconds: number): Promise<void> {
  await tx.execute(sql`
    update concurrency_group
    set closed_until = greatest(closed_until, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    where key = any(${sql.param([...keys])}::text[])`);
}

export interface LoadedGroups {
  /** The database's clock, in milliseconds. */
  readonly now: number;
  readonly groups: Map<string, GroupState>;
}

/** The groups as they are now. Only under the admission lock. */
export async function loadGroups(
  tx: Transaction,
  keys: readonly string[],
  stepsPerSlot: number,
): Promise<LoadedGroups> {
  const found = await rows<GroupState & { now: number }>(
    tx,
    sql`
    select g.key, g.held, g.spacing_milliseconds as "spacingMilliseconds", g.ramp_per_minute as "rampPerMinute",
      g.ramp_tokens as "rampTokens",
      (extract(epoch from g.last_admitted_at) * 1000)::float8 as "lastAdmittedAt",
      (extract(epoch from g.closed_until) * 1000)::float8 as "closedUntil",
      (extract(epoch from g.door_since) * 1000)::float8 as "doorSince",
      (extract(epoch from g.door_seen_at) * 1000)::float8 as "doorSeenAt",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      case when g.key = ${stepsGroupKey} then (
        select coalesce(sum(h.slots), 0)::int * ${stepsPerSlot} from holder h
        where h.process = 'worker' and not h.is_draining and h.expires_at > clock_timestamp()
      ) else g."limit" end as "limit"
    from concurrency_group g where g.key = any(${sql.param([...keys])}::text[])`,
  );
  return {
    now: found[0]?.now ?? 0,
    groups: new Map(found.map(({ now: _now, ...group }) => [group.key, group])),
  };
}

export interface NewPlace {
  readonly groupKey: string;
  readonly scope: GroupScope;
  readonly stepId: string | null;
  readonly nodeName: string | null;
  readonly weight: number;
}

export interface AdmittedStep {
  readonly id: string;
  /** When it first was ready, in milliseconds; kept through waiting and retries. */
  readonly readySince: number;
}

export interface RungStep {
  readonly id: string;
  readonly ring: number;
}

const admit = stepMove('admit', 's');

/**
 * Writes one admission decision: steps, places and groups together.
 * @throws DrydockError `illegal_move` when a step is no longer pending: memory is behind, rebuild it
 */
export async function writeAdmission(
  tx: Transaction,
  taskId: string,
  decision: {
    readonly steps: readonly AdmittedStep[];
    readonly places: readonly NewPlace[];
    readonly groups: readonly GroupState[];
  },
): Promise<readonly RungStep[]> {
  const rung = await rows<RungStep>(
    tx,
    sql`
    with wanted as (select * from jsonb_to_recordset(${jsonb(decision.steps)}) as w(id uuid, "readySince" float8)),
    admitted as (
      update step s set status = ${admit.to}, ring = s.ring + 1, rang_at = clock_timestamp(), not_before = null,
        ready_since = coalesce(s.ready_since, to_timestamp(w."readySince" / 1000)),
        first_admitted_at = coalesce(s.first_admitted_at, clock_timestamp()), updated_at = clock_timestamp()
      from wanted w where s.id = w.id and ${admit.guard} returning s.id, s.ring
    ), placed as (
      insert into place (group_key, scope, task_id, step_id, node_name, weight)
      select p."groupKey", p.scope, ${taskId}, p."stepId", p."nodeName", p.weight
      from jsonb_to_recordset(${jsonb(decision.places)}) as p(
        "groupKey" text, scope text, "stepId" uuid, "nodeName" text, weight int)
    ), counted as (
      update concurrency_group g set held = d.held, ramp_tokens = d."rampTokens",
        last_admitted_at = to_timestamp(d."lastAdmittedAt" / 1000), door_since = to_timestamp(d."doorSince" / 1000), door_seen_at = to_timestamp(d."doorSeenAt" / 1000)
      from jsonb_to_recordset(${jsonb(decision.groups)}) as d(
        key text, held int, "rampTokens" float8, "lastAdmittedAt" float8, "doorSince" float8, "doorSeenAt" float8)
      where g.key = d.key
    )
    select id, ring from admitted`,
  );
  requireAllMoved(
    'admit',
    decision.steps.map((step) => step.id),
    rung,
  );
  return rung;
}

/** Which steps and nodes of the task hold lasting places, to rebuild memory. */
export async function readPlaces(tx: Transaction, taskId: string): Promise<readonly NewPlace[]> {
  return await rows<NewPlace>(
    tx,
    sql`select group_key as "groupKey", scope, step_id as "stepId", node_name as "nodeName", weight
      from place where task_id = ${taskId}`,
  );
}
