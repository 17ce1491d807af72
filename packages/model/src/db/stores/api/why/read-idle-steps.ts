import { sql, type SQL } from 'drizzle-orm';
import type { IdleStep } from '../../../../domain/why/explain-step.js';
import type { Transaction } from '../../../open-database.js';
import { rows } from '../../../rows.js';
import type { TaskPlace } from '../find-task-place.js';
import { milliseconds } from './milliseconds.js';

/** In a word why a step does not run, as far as its own row and the ends of what it needs say. */
export const idleReasons = ['need', 'backoff', 'admission', 'unclaimed', 'observed', 'until'] as const;
export type IdleReason = (typeof idleReasons)[number];

/** Steps by that word; `running` are those that a worker has. */
export type StepCounts = Readonly<Record<IdleReason | 'running', number>>;

export interface IdleStepPage {
  readonly limit: number;
  /** The id of the step after which the page begins; null: the first. */
  readonly after: string | null;
  readonly reason: IdleReason | null;
  readonly nodeName: string | null;
}

const isMet = `exists (select 1 from step d where d.task_id = s.task_id and d.key = n.step and d."end" = n.ended)`;
const need = `jsonb_to_recordset(s.needs) as n(step int, ended text)`;
const reason = sql.raw(`case s.status
  when 'running' then 'running'
  when 'admitted' then 'unclaimed'
  when 'waiting' then case when s.observe_source is null then 'until' else 'observed' end
  else case
    when s.ready_since is null and case s."join"
      when 'any' then s.needs <> '[]' and not exists (select 1 from ${need} where ${isMet})
      else exists (select 1 from ${need} where not ${isMet}) end then 'need'
    when s.not_before > clock_timestamp() then 'backoff'
    else 'admission' end
  end`);

const nobody: StepCounts = { running: 0, need: 0, backoff: 0, admission: 0, unclaimed: 0, observed: 0, until: 0 };

/** How many steps below the place have not ended, by why they do not run. */
export async function countIdleSteps(tx: Transaction, place: TaskPlace): Promise<StepCounts> {
  const found = await rows<{ reason: keyof StepCounts; count: number }>(
    tx,
    sql`select ${reason} as reason, count(*)::int as count from step s
      where ${isBelow(place)} and s.status <> 'ended' group by 1`,
  );
  return { ...nobody, ...Object.fromEntries(found.map((row) => [row.reason, row.count])) };
}

/** Steps below the place that do not run and have not ended, in the order of their keys. */
export async function readIdleSteps(
  tx: Transaction,
  place: TaskPlace,
  page: IdleStepPage,
): Promise<readonly IdleStep[]> {
  const conditions = [
    isBelow(place),
    sql`s.status not in ('running', 'ended')`,
    ...(page.after === null
      ? []
      : [sql`s.key > (select a.key from step a where a.id = ${page.after} and a.task_id = ${place.taskId})`]),
    ...(page.reason === null ? [] : [sql`${reason} = ${page.reason}`]),
    ...(page.nodeName === null ? [] : [sql`s.node_name = ${page.nodeName}`]),
  ];
  return await rows<IdleStep>(
    tx,
    sql`
    select s.id, s.key, s.verb, s.node_name as "nodeName", s.status, s.needs, s."join", s.attempt, s.tries, s.ring as rings,
      ${milliseconds('s.rang_at')} as "rangAt", ${milliseconds('s.ready_since')} as "readySince",
      s.first_claimed_at is not null as "hasBegun",
      ${milliseconds('s.not_before')} as "notBefore", ${milliseconds('s.deadline_at')} as "deadlineAt",
      ${milliseconds('s.updated_at')} as "updatedAt", s.observe_source as "observeSource",
      s.observe_key as "observeKey", s.error_class as "errorClass", s.reason as error, s.stopping as "isStopping"
    from step s where ${sql.join(conditions, sql` and `)} order by s.key limit ${page.limit}`,
  );
}

function isBelow(place: TaskPlace): SQL {
  if (place.kind === 'step') return sql`s.task_id = ${place.taskId} and s.id = ${place.id}`;
  if (place.kind === 'stage') return sql`s.task_id = ${place.taskId} and s.stage_id = ${place.id}`;
  return sql`s.task_id = ${place.taskId}`;
}
