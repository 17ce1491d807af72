import { sql } from 'drizzle-orm';
import { DrydockError } from '../../../domain/drydock-error.js';
import type { Effect } from '../../../ports/step-context.js';
import type { Progress } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { jsonb } from '../../jsonb.js';
import { stepMove } from '../../guarded-move.js';
import { progressColumn } from '../../progress-json.js';

export interface StepLease {
  readonly stepId: string;
  readonly fence: number;
}

/** What became of an announced effect; rides on the next durable write of the step. */
export interface Settlement {
  readonly intentId: string;
  readonly found: 'done' | 'not_done' | 'refused';
}

export interface NewIntent {
  readonly effect: Effect;
  /** Undefined: leave it as it is. */
  readonly progress: Progress | undefined;
  readonly settlements: readonly Settlement[];
}

/** Who may announce is who may end. */
const { guard } = stepMove('end');

/**
 * Announces an effect durably.
 * @returns the intent's id
 * @throws DrydockError `fence_lost`; `driver_fault` for progress that cannot be kept: nothing was written
 */
export async function writeIntent(db: Database, lease: StepLease, intent: NewIntent): Promise<string> {
  const found = await rows<{ id: string }>(
    db,
    sql`
    with mine as (
      update step set progress = ${progressColumn(intent.progress)}, updated_at = clock_timestamp()
      where id = ${lease.stepId} and fence = ${lease.fence} and ${guard} returning id
    ), settled as (
      update intent i set settled_at = clock_timestamp(), found = s.found
      from jsonb_to_recordset(${jsonb(intent.settlements)}) as s("intentId" bigint, found text), mine
      where i.id = s."intentId" and i.step_id = mine.id
    )
    insert into intent (step_id, fence, effect)
    select id, ${lease.fence}, ${jsonb(intent.effect)} from mine returning id`,
  );
  if (!found[0]) throw fenceLost(lease);
  return found[0].id;
}

export function fenceLost(lease: StepLease): DrydockError {
  return new DrydockError('fence_lost', `step ${lease.stepId} is no longer ours (fence ${lease.fence}): write nothing`);
}
