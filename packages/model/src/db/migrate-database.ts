import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';

/** Also found from `dist`, where the build copies the folder to. */
const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** One process migrates at a time; the others wait here. Any constant will do. */
const migrationLock = 4_070_316_001;

export interface MigrationReport {
  readonly before: number;
  readonly after: number;
}

/** Brings the schema to this version. May be repeated and raced. */
export async function migrateDatabase(connectionString: string): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString, application_name: 'drydock-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const before = await appliedMigrations(client);
    await migrate(drizzle(client), { migrationsFolder });
    return { before, after: await appliedMigrations(client) };
  } finally {
    await client.end();
  }
}

/** How many migrations this software knows. */
export function knownMigrations(): number {
  return readMigrationFiles({ migrationsFolder }).length;
}

export async function appliedMigrations(client: Pick<pg.Client | pg.Pool, 'query'>): Promise<number> {
  const exists = await client.query<{ found: string | null }>(
    `select to_regclass('drizzle.__drizzle_migrations') as found`,
  );
  if (!exists.rows[0]?.found) return 0;
  const counted = await client.query<{ count: number }>(
    'select count(*)::int as count from drizzle.__drizzle_migrations',
  );
  return counted.rows[0]?.count ?? 0;
}
