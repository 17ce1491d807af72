import type { SteadyDatabase } from './steady-database.js';

/** What somebody held when the blow fell, as the statement that asks for its going on wants it. */
export interface Held {
  readonly kind: 'claim' | 'run' | 'intent' | 'ring';
  readonly step_id: string | null;
  readonly fence: number | null;
  readonly intent_id: string | null;
  readonly lane: string | null;
  readonly task_id: string | null;
  readonly epoch: string | null;
  readonly holder_id: string | null;
  /** Of the step. */
  readonly node_name: string | null;
}

/** By whom: the process with this id, everybody (for a blow to Postgres), or the queue. */
export type Victim = { readonly pid: number } | 'everybody' | 'queue';

const columns = 'kind, step_id, fence, intent_id, lane, task_id, epoch, holder_id, node_name';

const ofHolders = `
  with victims as (select id from holder where expires_at > clock_timestamp() - interval '10 s' and ($1::int is null or pid = $1)),
  claims as (select s.* from step s join victims v on v.id = s.holder_id where s.status = 'running')
  select ${columns} from (
    select 'claim' as kind, id as step_id, fence, null::bigint as intent_id, null as lane, task_id, null::bigint as epoch,
      holder_id, node_name from claims
    union all
    select 'intent', c.id, c.fence, i.id, null, c.task_id, null, c.holder_id, c.node_name
      from claims c join intent i on i.step_id = c.id and i.settled_at is null
    union all
    select 'run', null, null, null, r.lane, r.task_id, r.epoch, r.holder_id, null
      from run r join victims v on v.id = r.holder_id join task t on t.id = r.task_id and t.status in ('running', 'terminating')
  ) held`;

const ofQueue = `
  select 'ring' as kind, id as step_id, fence, null as intent_id, null as lane, task_id, null as epoch, null as holder_id, node_name
  from step where status = 'admitted'`;

export function readHeld(database: SteadyDatabase, victim: Victim): Promise<readonly Held[]> {
  if (victim === 'queue') return database.ask<Held>(ofQueue);
  return database.ask<Held>(ofHolders, [victim === 'everybody' ? null : victim.pid]);
}

/**
 * A claim has gone on when its step was claimed again, or its call was over; an intent, when it is settled, or a later
 * call has read the machine; a run, when another has taken it over, its task is over, or its holder has renewed its lease
 * after the blow; a ring, when its step was claimed.
 */
const stillHeld = `
  select 1 from jsonb_to_recordset($1) as held(kind text, step_id uuid, fence int, intent_id bigint, lane text, task_id uuid,
    epoch bigint, holder_id uuid)
  left join step s on s.id = held.step_id
  left join intent i on i.id = held.intent_id
  left join run r on r.lane = held.lane
  left join task t on t.id = held.task_id
  left join holder h on h.id = held.holder_id
  where not case held.kind
    when 'claim' then s.fence > held.fence or s.status in ('ended', 'waiting', 'pending')
    when 'intent' then i.settled_at is not null or s.status = 'ended' or (s.fence > held.fence and s.status <> 'running')
    when 'run' then r.epoch <> held.epoch or r.task_id <> held.task_id or t.status not in ('running', 'terminating')
      or coalesce(h.expires_at > $2::timestamptz + interval '3 s', false)
    else s.fence > held.fence or s.status <> 'admitted' end`;

const lookMilliseconds = 40;

export interface Going {
  /** The database's clock just before the blow. */
  readonly struckAt: string;
  readonly held: readonly Held[];
  readonly giveUpSeconds: number;
}

/** Resolves with true when everything that was held has gone on, false when it did not within the time. */
export async function untilGoneOn(
  database: SteadyDatabase,
  { struckAt, held, giveUpSeconds }: Going,
): Promise<boolean> {
  const deadline = performance.now() + giveUpSeconds * 1000;
  const asked = JSON.stringify(held);
  for (;;) {
    const left = await database.ask(stillHeld, [asked, struckAt]);
    if (left.length === 0) return true;
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}
