import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

/** Processes whose lease has not run out, as Postgres sees it. */
export interface Liveness {
  readonly schedulers: number;
  readonly workers: number;
  /** Steps that all workers together can execute at a time. */
  readonly slots: number;
}

export async function readLiveness(db: Database): Promise<Liveness> {
  const found = await rows<Liveness>(
    db,
    sql`
    select count(*) filter (where process = 'scheduler')::int as schedulers,
      count(*) filter (where process = 'worker')::int as workers,
      coalesce(sum(slots) filter (where process = 'worker'), 0)::int as slots
    from holder where expires_at > clock_timestamp()`,
  );
  return found[0] ?? { schedulers: 0, workers: 0, slots: 0 };
}
