import { checkSchema, type OpenDatabase } from '@drydock/model/db';
import { ProcessReadiness } from '../health/process-readiness.js';
import { type HealthServer, type MetricsSource, startHealthServer } from '../health/start-health-server.js';
import type { Closers } from '../process-life/closers.js';

export interface HealthOptions {
  /** As `healthSettings` read it. */
  readonly config: { readonly healthHost: string; readonly healthPort: number };
  readonly database: Pick<OpenDatabase, 'pool'>;
  readonly metrics: MetricsSource;
}

export interface ServedHealth {
  readonly server: HealthServer;
  /** Not ready before `serve`; the app adds what it needs besides the database. */
  readonly readiness: ProcessReadiness;
}

/**
 * Answers probes and scrapes, from before the process does its work until after it has stopped to: to be opened right
 * after the connections. Ready needs a database that answers and has a schema that we know.
 */
export async function serveHealth(
  { config, database: { pool }, metrics }: HealthOptions,
  closers: Closers,
): Promise<ServedHealth> {
  const readiness = new ProcessReadiness();
  readiness.add({
    database: async () => void (await pool.query('select 1')),
    schema: () => checkSchema(pool),
  });
  const server = await startHealthServer({ host: config.healthHost, port: config.healthPort, readiness, metrics });
  closers.add('health', () => server.close());
  return { server, readiness };
}
