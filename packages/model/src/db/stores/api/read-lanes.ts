import { sql } from 'drizzle-orm';
import { taskMove } from '../../guarded-move.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

/** A lane as a client sees it. */
export interface ShownLane {
  readonly name: string;
  readonly maxQueued: number;
  readonly queued: number;
  /** The task that it drives now. */
  readonly runningTaskId: string | null;
  readonly pausedAt: string | null;
  readonly pausedBy: string | null;
}

/** All lanes by name, or the one of this name. */
export async function readLanes(db: Database, name: string | null = null): Promise<readonly ShownLane[]> {
  return await rows<ShownLane>(
    db,
    sql`
    select l.name, l.max_queued as "maxQueued", l.paused_at::text as "pausedAt", l.paused_by as "pausedBy",
      (select count(*)::int from task q where q.lane = l.name and ${taskMove('start', 'q').guard}) as queued,
      (select r.id from task r where r.lane = l.name and ${taskMove('finish', 'r').guard}) as "runningTaskId"
    from lane l where ${name}::text is null or l.name = ${name} order by l.name`,
  );
}
