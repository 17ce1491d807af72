import { DrydockError } from '@drydock/model';
import { BullmqBackend } from './bullmq-backend.js';
import { openPostgresTransport } from './postgres/open-postgres-transport.js';
import type { QueueBackend } from './queue-backend.js';
import type { QueueLog } from './queue-log.js';
import { openRedisTransport } from './redis/open-redis-transport.js';

export interface QueueBackendConfig {
  /** Given: Redis, for production. */
  readonly redisUrl?: string | undefined;
  /** Used without `redisUrl`: Postgres itself, never a transaction pooler. */
  readonly databaseUrl?: string | undefined;
  readonly log: QueueLog;
}

/**
 * Connects, checks the datastore and makes what BullMQ needs there. Throws `queue_unavailable` when nobody answers,
 * `queue_refused` when Redis may evict, `schema_unknown` when a later BullMQ migrated the schema and
 * `invalid_configuration` when neither URL is given.
 */
export async function openQueueBackend({ redisUrl, databaseUrl, log }: QueueBackendConfig): Promise<QueueBackend> {
  if (redisUrl) return new BullmqBackend(await openRedisTransport(redisUrl, log));
  if (databaseUrl) return new BullmqBackend(await openPostgresTransport(databaseUrl, log));
  throw new DrydockError('invalid_configuration', 'No place for the queue; set REDIS_URL or DATABASE_URL');
}
