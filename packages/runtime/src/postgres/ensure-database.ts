import { Client, escapeIdentifier } from 'pg';
import { errorCode } from '../error-code.js';

/** Makes a database if the server has none of that name. May be called by several processes at once. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  } catch (error) {
    // 42P04 and 23505: another process made it at the same moment.
    const code = errorCode(error);
    if (code !== '42P04' && code !== '23505') throw error;
  } finally {
    await client.end();
  }
}
