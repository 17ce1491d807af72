import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';
import { isTerminating } from './run-conditions.js';

export interface HolderRow {
  readonly id: string;
  readonly process: 'worker' | 'scheduler';
  readonly host: string;
  readonly pid: number;
  /** Steps that it executes at a time; 0 for a scheduler. */
  readonly slots: number;
}

/** A step that the holder runs, as the database knows it. */
export interface HeldStep {
  readonly id: string;
  readonly fence: number;
  /** Its task was terminated. */
  readonly stopping: boolean;
}

const { guard: isRunning } = stepMove('lose', 's');

/**
 * One statement announces a living process and renews everything that it holds; it comes back by itself when its row was
 * purged or lost. The answer names the steps that are still its own: any other that it thinks it runs must be aborted.
 */
export async function heartbeat(db: Database, holder: HolderRow, leaseSeconds: number): Promise<readonly HeldStep[]> {
  return await rows<HeldStep>(
    db,
    sql`
    with renewed as (
      insert into holder (id, process, host, pid, slots, expires_at)
      values (${holder.id}, ${holder.process}, ${holder.host}, ${holder.pid}, ${holder.slots},
        clock_timestamp() + make_interval(secs => ${leaseSeconds}))
      on conflict (id) do update set expires_at = excluded.expires_at
      returning id
    )
    select s.id, s.fence, ${isTerminating} as stopping
    from renewed r join step s on s.holder_id = r.id and ${isRunning} join task t on t.id = s.task_id`,
  );
}

/** Takes no new steps; what it holds stays its own. */
export async function drainHolder(db: Database, holderId: string): Promise<void> {
  await db.execute(sql`update holder set is_draining = true where id = ${holderId}`);
}

/** Gives everything back at once: the sweeps of others need not wait for the lease to run out. */
export async function retireHolder(db: Database, holderId: string): Promise<void> {
  await db.execute(sql`delete from holder where id = ${holderId}`);
}
