import { checkSchema, type OpenDatabase, openDatabase } from '@drydock/model/db';
import type { Log } from '../logging/log.js';
import type { Closers } from '../process-life/closers.js';
import type { Secret } from '../secret.js';
import { isPooled } from './is-pooled.js';

/** Where a queue may be, as `openQueue` wants to be told. */
export interface QueuePlace {
  readonly redisUrl: string | undefined;
  /** Used without Redis: Postgres itself, never a transaction pooler. */
  readonly databaseUrl: string;
  readonly log: Log;
}

export interface ConnectionOptions<Queue> {
  /** As `connectionSettings` read it. */
  readonly config: {
    readonly databaseUrl: Secret;
    readonly databaseDirectUrl?: Secret | undefined;
    readonly redisUrl?: Secret | undefined;
    readonly isDurable: boolean;
  };
  /** Name of the app, as Postgres shows it. */
  readonly applicationName: string;
  /** Of the 12 that a process may have; the queue's own take the rest. */
  readonly maxConnections: number;
  /** A process frozen inside a transaction keeps its locks for this long. Default 30. */
  readonly idleInTransactionSeconds?: number;
  readonly openQueue: (place: QueuePlace) => Promise<Queue>;
  readonly log: Log;
}

export interface Connections<Queue> {
  readonly database: OpenDatabase;
  /** For LISTEN. */
  readonly directUrl: string;
  readonly queue: Queue;
}

/**
 * What every app opens first: the database, whose schema must be one that we know, and the queue.
 * @throws DrydockError `schema_unknown`, and whatever `openQueue` throws; `closers` close what was opened
 */
export async function openConnections<Queue extends { close(): Promise<void> }>(
  options: ConnectionOptions<Queue>,
  closers: Closers,
): Promise<Connections<Queue>> {
  const { config, log, openQueue, applicationName, maxConnections, idleInTransactionSeconds } = options;
  const connectionString = config.databaseUrl.reveal();
  const directUrl = config.databaseDirectUrl?.reveal() ?? connectionString;
  const database = openDatabase({
    connectionString,
    applicationName,
    maxConnections,
    ...(idleInTransactionSeconds === undefined ? {} : { idleInTransactionSeconds }),
    isDurable: config.isDurable,
    isPooled: isPooled(config),
    onError: (error) => log.warn('idle database connection broke', { error }),
  });
  closers.add('database', () => database.close());
  await checkSchema(database.pool);
  const queue = await openQueue({ redisUrl: config.redisUrl?.reveal(), databaseUrl: directUrl, log });
  closers.add('queue', () => queue.close());
  return { database, directUrl, queue };
}
