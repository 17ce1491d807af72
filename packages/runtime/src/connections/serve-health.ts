import type { OpenDatabase } from '@drydock/model/db';
import type { HealthChecks } from '../health/run-health-checks.js';
import { type HealthServer, startHealthServer } from '../health/start-health-server.js';
import type { Closers } from '../process-life/closers.js';

export interface HealthOptions {
  /** As `healthSettings` read it. */
  readonly config: { readonly healthHost: string; readonly healthPort: number };
  readonly database: Pick<OpenDatabase, 'pool'>;
  readonly queue: { ping(): Promise<void> };
  /** What else is worth showing, or needed. */
  readonly more?: HealthChecks;
}

/** Answers probes: ready while the database and the queue answer. To be opened last, and so closed first. */
export async function serveHealth(
  { config, database, queue, more = {} }: HealthOptions,
  closers: Closers,
): Promise<HealthServer> {
  const server = await startHealthServer({
    host: config.healthHost,
    port: config.healthPort,
    checks: {
      database: async () => void (await database.pool.query('select 1')),
      queue: () => queue.ping(),
      ...more,
    },
  });
  closers.add('health', () => server.close());
  return server;
}
