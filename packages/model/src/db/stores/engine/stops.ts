import { sql } from 'drizzle-orm';
import type { Verb } from '../../../domain/verbs.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';

/** Where a node, or a step of the whole site, stood when its task was terminated. */
export interface Stop {
  /** Null for a step of the whole site. */
  readonly nodeName: string | null;
  /** The first step that was cancelled. */
  readonly verb: Verb;
  /** A worker had claimed it. */
  readonly hasBegun: boolean;
  /** Something that it asked of the machine was accepted: the machine may go on with it. */
  readonly hasActed: boolean;
}

/** One for each node that did not come to its end, in the order of the plan. */
export async function readStops(tx: Transaction, taskId: string): Promise<readonly Stop[]> {
  return await rows<Stop>(
    tx,
    sql`
    select s.node_name as "nodeName", s.verb, s.first_claimed_at is not null as "hasBegun",
      exists (select 1 from intent i where i.step_id = s.id and i.found = 'done') as "hasActed"
    from (
      select distinct on (coalesce(node_name, verb)) id, key, node_name, verb, first_claimed_at from step
      where task_id = ${taskId} and "end" = 'cancelled' order by coalesce(node_name, verb), key
    ) s order by s.key`,
  );
}
