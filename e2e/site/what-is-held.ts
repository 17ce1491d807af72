import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import type { Site } from './run-site.js';

/** Places, groups, runs and steps that somebody still holds, as text; nothing after the last task has ended. */
export async function whatIsHeld({ database }: Site): Promise<readonly string[]> {
  const found = await rows<{ what: string }>(
    database.db,
    sql`select 'place in ' || group_key as what from place
      union all select 'group ' || key || ' counts ' || held from concurrency_group where held <> 0
      union all select 'run of lane ' || lane from run where task_id is not null
      union all select 'step ' || verb || ' ' || status from step where status <> 'ended'
      union all select 'intent of step ' || step_id from intent where settled_at is null`,
  );
  return found.map(({ what }) => what);
}
