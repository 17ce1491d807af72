import { sql } from 'drizzle-orm';
import type { Database } from '../open-database.js';
import { jsonb } from '../jsonb.js';

export interface LaneRow {
  readonly name: string;
  /** Queued tasks above which it takes no more. */
  readonly maxQueued: number;
}

/** Makes the rows of lanes, with the numbers of today's configuration. A pause stays. Each app does it at its start. */
export async function ensureLanes(db: Database, lanes: readonly LaneRow[]): Promise<void> {
  await db.execute(sql`
    insert into lane (name, max_queued)
    select l.name, l."maxQueued" from jsonb_to_recordset(${jsonb(lanes)}) as l(name text, "maxQueued" int) order by l.name
    on conflict (name) do update set max_queued = excluded.max_queued
    where lane.max_queued is distinct from excluded.max_queued`);
}
