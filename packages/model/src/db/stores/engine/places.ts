import { sql, type SQL } from 'drizzle-orm';
import type { GroupState } from '../../../domain/groups/group-state.js';
import type { GroupScope } from '../../../domain/groups/group.js';
import { stepsGroupKey } from '../../../domain/groups/group-needs.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import { countedStages, type StageChange } from './counted-stages.js';
import { requireAllMoved } from './require-all-moved.js';
import { isPaused, isTerminating } from './run-conditions.js';

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
  await tx.execute(sql`with ${released(taskId, release)} select 1 from freed limit 1`);
}

/** Common table expressions: what is given back goes, and `freed` are the groups that have more room. */
function released(taskId: string, release: Release): SQL {
  return sql`gone as (
      delete from place where task_id = ${taskId} and (
        step_id = any(${sql.param([...release.endedStepIds])}::uuid[])
        or (step_id = any(${sql.param([...release.restingStepIds])}::uuid[]) and scope in ('call', 'steps'))
        or (scope = 'task' and node_name = any(${sql.param([...release.nodeNames])}::text[])))
      returning group_key, weight
    ), sums as (select group_key, sum(weight)::int as weight from gone group by group_key),
    freed as (
      update concurrency_group g set held = g.held - sums.weight from sums where g.key = sums.group_key
      returning g.key, g.held)`;
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
  /** Nothing of the task begins now: it or its lane is paused, or it was terminated. */
  readonly isHeld: boolean;
}

export interface GroupsWanted {
  readonly taskId: string;
  readonly keys: readonly string[];
  readonly stepsPerSlot: number;
  /** Given back before the groups are read. */
  readonly release?: Release | undefined;
}

/**
 * The groups as they are now, and whether the task may begin steps. Only under the admission lock: whoever pauses takes
 * it too, so that nothing is admitted on what was true before.
 */
export async function loadGroups(
  tx: Transaction,
  { taskId, keys, stepsPerSlot, release }: GroupsWanted,
): Promise<LoadedGroups> {
  const [before, held, freed] =
    release === undefined
      ? [sql``, sql`g.held`, sql``]
      : [
          sql`with ${released(taskId, release)}`,
          sql`coalesce(f.held, g.held)`,
          sql`left join freed f on f.key = g.key`,
        ];
  const found = await rows<GroupState & { now: number; isHeld: boolean }>(
    tx,
    sql`
    ${before}
    select g.key, ${held} as held, g.spacing_milliseconds as "spacingMilliseconds", g.ramp_per_minute as "rampPerMinute",
      g.ramp_tokens as "rampTokens",
      (extract(epoch from g.last_admitted_at) * 1000)::float8 as "lastAdmittedAt",
      (extract(epoch from g.closed_until) * 1000)::float8 as "closedUntil",
      (extract(epoch from g.door_since) * 1000)::float8 as "doorSince",
      g.door_is_holding as "doorIsHolding", (extract(epoch from g.door_seen_at) * 1000)::float8 as "doorSeenAt",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      exists (select 1 from task t where t.id = ${taskId} and (${isTerminating} or ${isPaused})) as "isHeld",
      case when g.key = ${stepsGroupKey} then (
        select coalesce(sum(h.slots), 0)::int * ${stepsPerSlot} from holder h
        where h.process = 'worker' and not h.is_draining and h.expires_at > clock_timestamp()
      ) else g."limit" end as "limit"
    from concurrency_group g ${freed} where g.key = any(${sql.param([...keys])}::text[])`,
  );
  return {
    now: found[0]?.now ?? 0,
    isHeld: found[0]?.isHeld ?? false,
    groups: new Map(found.map(({ now: _now, isHeld: _isHeld, ...group }) => [group.key, group])),
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

/** What a cycle decided. */
export interface Decision {
  readonly steps: readonly AdmittedStep[];
  readonly places: readonly NewPlace[];
  readonly groups: readonly GroupState[];
  /** What moves since the last cycle add to the counters; none: nothing is counted. */
  readonly stages?: readonly StageChange[];
}

/**
 * Writes one admission decision: steps, places, groups and counters together.
 * @throws DrydockError `illegal_move` when a step is no longer pending: memory is behind, rebuild it
 */
export async function writeAdmission(
  tx: Transaction,
  taskId: string,
  decision: Decision,
): Promise<readonly RungStep[]> {
  const { stages = [] } = decision;
  const counting = stages.length === 0 ? sql`` : sql`, ${countedStages(taskId, stages)}`;
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
        last_admitted_at = to_timestamp(d."lastAdmittedAt" / 1000), door_since = to_timestamp(d."doorSince" / 1000),
        door_is_holding = d."doorIsHolding", door_seen_at = to_timestamp(d."doorSeenAt" / 1000)
      from jsonb_to_recordset(${jsonb(decision.groups)}) as d(
        key text, held int, "rampTokens" float8, "lastAdmittedAt" float8, "doorSince" float8, "doorIsHolding" boolean, "doorSeenAt" float8)
      where g.key = d.key
    )${counting}
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
