import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { GroupNeed } from '../../../domain/groups/group.js';
import { planFormat } from '../../../domain/plan-format.js';
import type { PlannedStep, StepEnd } from '../../../domain/step.js';
import type { Verb } from '../../../domain/verbs.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import type { RunRef } from './runs.js';
import { json, jsonb } from '../../jsonb.js';

/** Ids of the stored step rows, by key. */
export type StepIds = ReadonlyMap<number, string>;

const stepsPerInsert = 5000;

/** A step with what it inherits, for the plan of a retry: it is stored as it ended. */
export interface StepToStore extends PlannedStep {
  readonly end?: StepEnd | undefined;
  /** The step that did the work. */
  readonly inheritedFrom?: string | undefined;
}

/** Stores the steps of a plan, or of a new attempt, with a stage for every verb that has none yet. */
export async function insertSteps(tx: Transaction, run: RunRef, steps: readonly StepToStore[]): Promise<StepIds> {
  const stages = await ensureStages(tx, run.taskId, steps);
  const ids = new Map<number, string>();
  for (let from = 0; from < steps.length; from += stepsPerInsert) {
    const batch = steps.slice(from, from + stepsPerInsert).map((step) => {
      const id = randomUUID();
      ids.set(step.key, id);
      return { ...step, id, stageId: stages.get(step.verb) };
    });
    await tx.execute(sql`
      insert into step (id, task_id, stage_id, key, verb, node_name, needs, "join", attempt, max_attempts, retry_from, deadline_seconds,
        status, "end", inherited_from, ended_at)
      select s.id, ${run.taskId}, s."stageId", s.key, s.verb, s."nodeName", s.needs, s."join", s.attempt, s."maxAttempts", s."retryFrom", s."deadlineSeconds",
        case when s."end" is null then 'pending' else 'ended' end, s."end", s."inheritedFrom",
        case when s."end" is not null then clock_timestamp() end
      from json_to_recordset(${json(batch)}) as s(
        id uuid, "stageId" uuid, key int, verb text, "nodeName" text, needs jsonb, "join" text, attempt int,
        "maxAttempts" int, "retryFrom" text, "deadlineSeconds" int, "end" text, "inheritedFrom" uuid)`);
  }
  await tx.execute(
    sql`update task set steps_total = steps_total + ${steps.length}, plan_format = ${planFormat} where id = ${run.taskId}`,
  );
  return ids;
}

async function ensureStages(
  tx: Transaction,
  taskId: string,
  steps: readonly PlannedStep[],
): Promise<ReadonlyMap<Verb, string>> {
  const totals = new Map<Verb, number>();
  for (const step of steps) totals.set(step.verb, (totals.get(step.verb) ?? 0) + 1);
  const wanted = [...totals].map(([verb, total], ordinal) => ({ id: randomUUID(), verb, total, ordinal }));
  const stored = await rows<{ id: string; verb: Verb }>(
    tx,
    sql`
    insert into stage (id, task_id, ordinal, verb, total)
    select s.id, ${taskId}, s.ordinal, s.verb, s.total
    from jsonb_to_recordset(${jsonb(wanted)}) as s(id uuid, ordinal int, verb text, total int)
    on conflict (task_id, verb) do update set total = stage.total + excluded.total
    returning id, verb`,
  );
  return new Map(stored.map((row) => [row.verb, row.id]));
}

/** Makes the rows of groups that the plan needs, with the limits of today's configuration. */
export async function ensureGroups(tx: Transaction, needs: readonly GroupNeed[]): Promise<void> {
  const unique = [...new Map(needs.map((need) => [need.key, need])).values()];
  if (unique.length === 0) return;
  await tx.execute(sql`
    insert into concurrency_group (key, scope, "limit", spacing_milliseconds, ramp_per_minute, ramp_tokens)
    select g.key, g.scope, g."limit", g."spacingMilliseconds", g."rampPerMinute", g."rampPerMinute"
    from json_to_recordset(${json(unique)}) as g(
      key text, scope text, "limit" int, "spacingMilliseconds" int, "rampPerMinute" int)
    order by g.key
    on conflict (key) do update set "limit" = excluded."limit",
      spacing_milliseconds = excluded.spacing_milliseconds, ramp_per_minute = excluded.ramp_per_minute
    where (concurrency_group."limit", concurrency_group.spacing_milliseconds, concurrency_group.ramp_per_minute)
      is distinct from (excluded."limit", excluded.spacing_milliseconds, excluded.ramp_per_minute)`);
}
