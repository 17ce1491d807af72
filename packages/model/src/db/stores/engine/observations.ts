import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import { namedStep, type NamedStep } from './named-step.js';

/** A named right, for instance to observe a source. Taken when free or when its holder is gone. */
export async function takeLease(db: Database, name: string, holderId: string): Promise<boolean> {
  const found = await rows(
    db,
    sql`
    insert into lease (name, holder_id, fence) values (${name}, ${holderId}, 1)
    on conflict (name) do update set holder_id = excluded.holder_id,
      fence = case when lease.holder_id = excluded.holder_id then lease.fence else lease.fence + 1 end
    where lease.holder_id is null or lease.holder_id = excluded.holder_id
      or not exists (select 1 from holder h where h.id = lease.holder_id and h.expires_at > clock_timestamp())
    returning name`,
  );
  return found.length > 0;
}

export interface Observed {
  readonly key: string;
  readonly value: string;
}

/** What the waiting steps of a source look at. */
export async function observedKeys(db: Database, source: string): Promise<readonly string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select distinct observe_key as key from step where ${stepMove('due').guard} and observe_source = ${source}`,
  );
  return found.map((row) => row.key);
}

const due = stepMove('due', 's');

/** Wakes the steps whose thing has another value than they last read. @returns which */
export async function wakeObservers(
  db: Database,
  source: string,
  values: readonly Observed[],
): Promise<readonly NamedStep[]> {
  return await rows<NamedStep>(
    db,
    sql`
    with differing as (
      select s.id from step s join jsonb_to_recordset(${jsonb(values)}) as v(key text, value text) on v.key = s.observe_key
      where ${due.guard} and s.observe_source = ${source} and s.observe_seen is distinct from v.value
      order by s.id for update of s skip locked
    )
    update step s set status = ${due.to}, moved = true, not_before = null, updated_at = clock_timestamp()
    from differing d where s.id = d.id and ${due.guard}
    returning ${namedStep}`,
  );
}
