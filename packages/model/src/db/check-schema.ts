import type pg from 'pg';
import { DrydockError } from '../domain/drydock-error.js';
import { appliedMigrations, knownMigrations } from './migrate-database.js';

/**
 * An app runs on the schema version that it was made for and on the next one (expand now, contract a release later).
 * @throws DrydockError `schema_unknown` for any other
 */
export async function checkSchema(pool: pg.Pool): Promise<void> {
  const known = knownMigrations();
  const applied = await appliedMigrations(pool);
  if (applied === known || applied === known + 1) return;
  const advice = applied < known ? 'run `drydock db migrate`' : 'start a newer version of Drydock';
  throw new DrydockError(
    'schema_unknown',
    `the database has schema version ${applied}, this version of Drydock works on ${known} and ${known + 1}: ${advice}`,
  );
}
