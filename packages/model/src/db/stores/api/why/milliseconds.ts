import { sql, type SQL } from 'drizzle-orm';

/** A moment as milliseconds since 1970; null for none, and for one that only sorts before all others. */
export function milliseconds(moment: string): SQL {
  return sql.raw(`(case when isfinite(${moment}) then extract(epoch from ${moment}) * 1000 end)::float8`);
}
