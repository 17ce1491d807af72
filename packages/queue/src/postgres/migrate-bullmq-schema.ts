import { DrydockError } from '@drydock/model';
import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
} from 'bullmq';
import type { Pool } from 'pg';
import type { QueueLog } from '../queue-log.js';

/**
 * Brings BullMQ's own schema up to date. Any number of processes may call it at once: BullMQ migrates in one
 * transaction under an advisory lock. Only reads when nothing is to be done, so that a role without CREATE can start.
 * Throws `schema_unknown` when a later major version of BullMQ migrated it.
 */
export async function migrateBullmqSchema(pool: Pool, log: QueueLog): Promise<void> {
  const client = await pool.connect();
  try {
    const before = await assertSchemaCompatibility(client).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    if (before >= LATEST_SCHEMA_VERSION) return;
    const after = await runMigrations(client);
    log.info('queue schema migrated', { schema: DEFAULT_SCHEMA, before, after });
  } catch (error) {
    if (error instanceof SchemaVersionMismatchError) {
      throw new DrydockError(
        'schema_unknown',
        `The schema "${DEFAULT_SCHEMA}" was migrated by a later BullMQ (${error.message}); upgrade Drydock`,
        { cause: error },
      );
    }
    throw error;
  } finally {
    client.release();
  }
}
