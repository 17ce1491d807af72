import { sql, type SQL } from 'drizzle-orm';

/** A moment as people read it in a reason, `2026-01-02 03:04:05 UTC`. @param column of type timestamptz */
export function utcText(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"')`);
}
