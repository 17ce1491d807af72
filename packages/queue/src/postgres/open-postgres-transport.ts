import { DrydockError } from '@drydock/model';
import { type BackendFactory, DEFAULT_SCHEMA, Queue, Worker } from 'bullmq';
import { type ClientConfig, Pool } from 'pg';
import { eventStreamLength, jobSettings, workerSettings } from '../bullmq-settings.js';
import type { QueueLog } from '../queue-log.js';
import type { RingData } from '../ring.js';
import type { RingQueue, RingWorker, Transport } from '../transport.js';
import { BullmqPool } from './bullmq-pool.js';
import { migrateBullmqSchema } from './migrate-bullmq-schema.js';
import { TrimmingPostgresBackend } from './trimming-postgres-backend.js';
import { SharedListener } from './shared-listener.js';

/** With the listener five connections per process; twelve are allowed in all. */
const poolSize = 4;

const backendFactory: BackendFactory<TrimmingPostgresBackend, BullmqPool> = (name, options) =>
  new TrimmingPostgresBackend(options.connection, name, options);

/**
 * BullMQ on Postgres, in the schema `bullmq` of the given database, which it migrates.
 * The URL must reach Postgres itself: LISTEN does not work through a transaction pooler.
 * Throws `queue_unavailable` when Postgres does not answer.
 */
export async function openPostgresTransport(databaseUrl: string, log: QueueLog): Promise<Transport> {
  const config = connectionConfig(databaseUrl);
  const pool = new Pool({ ...config, max: poolSize });
  pool.on('error', (error) => log.warn('queue database connection lost', { reason: error.message }));
  const listener = new SharedListener(config);
  const connection = new BullmqPool(pool, listener);
  const close = async (): Promise<void> => {
    await listener.close();
    await pool.end();
  };
  try {
    await migrateBullmqSchema(pool, log);
  } catch (error) {
    await close();
    throw asQueueError(error);
  }
  return {
    kind: 'postgres',
    makeQueue: (name) =>
      // The type names the backend and its connection; nobody outside this file asks for them.
      new Queue(
        name,
        { connection, defaultJobOptions: jobSettings, streams: { events: { maxLen: eventStreamLength } } },
        backendFactory,
      ) as unknown as RingQueue,
    makeWorker: (name, processor, concurrency) => {
      const worker = new Worker<RingData, void, string, TrimmingPostgresBackend, number, BullmqPool>(
        name,
        processor as never,
        { ...workerSettings, connection, autorun: false, concurrency },
        backendFactory,
      ) as unknown as RingWorker;
      return { worker, listenTrouble: () => (listener.isConnected ? null : 'the connection that listens is down') };
    },
    ping: async () => {
      await pool.query('select 1');
    },
    close,
  };
}

function connectionConfig(connectionString: string): ClientConfig {
  return {
    connectionString,
    application_name: 'drydock-queue',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    // BullMQ's statements name no schema. A lost job costs seconds (the truth is elsewhere), so nobody waits for its fsync.
    options: `-c search_path=${DEFAULT_SCHEMA} -c synchronous_commit=off`,
  };
}

function asQueueError(error: unknown): unknown {
  if (error instanceof DrydockError) return error;
  const said = error instanceof Error ? error.message || error.name : String(error);
  return new DrydockError(
    'queue_unavailable',
    `The queue's Postgres does not answer (${said}); check DATABASE_DIRECT_URL`,
    {
      cause: error,
    },
  );
}
