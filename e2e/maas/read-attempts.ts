import { rows } from '@drydock/model/db';
import type { Attempt } from '@drydock/testkit';
import { sql } from 'drizzle-orm';
import type { Site } from '../site/run-site.js';

/** Every attempt that was ever claimed on a node. */
export function readAttempts({ database }: Site): Promise<readonly Attempt[]> {
  return rows<Attempt>(
    database.db,
    sql`select task_id as "taskId", node_name as node, verb, attempt,
        floor(extract(epoch from first_claimed_at) * 1000)::float8 as "claimedMs",
        ceil(extract(epoch from ended_at) * 1000)::float8 as "endedMs"
      from step where node_name is not null and first_claimed_at is not null`,
  );
}
