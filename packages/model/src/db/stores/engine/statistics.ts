import { sql } from 'drizzle-orm';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

/** Rows that may change before statistics count as stale, beside half of the table. */
const changedRows = 1000;

/**
 * Analyses the tables that changed much since they were analysed last. Prepared statements keep the plan that was best
 * for the table as it was then; this makes them planned anew, sooner than autovacuum, whose nap is a minute.
 * @returns their names
 */
export async function refreshStatistics(db: Database): Promise<readonly string[]> {
  const stale = await rows<{ name: string }>(
    db,
    sql`
    select s.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.schemaname = current_schema() and s.n_mod_since_analyze > ${changedRows} + greatest(c.reltuples, 0) / 2
    order by s.relname`,
  );
  for (const { name } of stale) await db.execute(sql`analyze ${sql.identifier(name)}`);
  return stale.map(({ name }) => name);
}
