import type { SQL } from 'drizzle-orm';
import type { Database, Transaction } from './open-database.js';

/** Runs one statement whose shape Drizzle's builder cannot say, and names the type of its rows. */
export async function rows<Row>(db: Database | Transaction, statement: SQL): Promise<readonly Row[]> {
  const result = await db.execute(statement);
  return result.rows as unknown as readonly Row[];
}
