import type { Client } from 'pg';

/** Statements that this database has executed so far, of all roles and schemas; null without pg_stat_statements. */
export async function countStatements(database: Client): Promise<number | null> {
  const { rows: extensions } = await database.query(
    "select 1 from pg_extension where extname = 'pg_stat_statements' and current_setting('shared_preload_libraries') like '%pg_stat_statements%'",
  );
  if (extensions.length === 0) return null;
  const { rows } = await database.query<{ calls: string }>(
    `select coalesce(sum(calls), 0) as calls from pg_stat_statements
     where toplevel and dbid = (select oid from pg_database where datname = current_database())`,
  );
  return Number(rows[0]?.calls);
}
