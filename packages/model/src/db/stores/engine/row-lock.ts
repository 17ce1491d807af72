import { sql, type SQL } from 'drizzle-orm';

/**
 * What a statement does about a row that somebody else has locked: one for many steps passes it by, so that it holds up
 * nobody and no two of them can deadlock; one for one step waits.
 */
export type RowLock = 'skip' | 'wait';

/** Ends a `select … order by id`. */
export const lockRows: Readonly<Record<RowLock, SQL>> = {
  skip: sql`for update of s skip locked`,
  wait: sql`for update of s`,
};

/** Ids as an array: the planner takes it for a few, and looks each up in the index. */
export function idsOf(ids: readonly string[]): SQL {
  return sql`${sql.param([...ids])}::uuid[]`;
}
