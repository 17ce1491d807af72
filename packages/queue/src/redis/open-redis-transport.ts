import { DrydockError } from '@drydock/model';
import { type BackendFactory, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { endedJobsKept, eventStreamLength, jobSettings, redisKeyPrefix, workerSettings } from '../bullmq-settings.js';
import type { QueueLog } from '../queue-log.js';
import type { RingData } from '../ring.js';
import type { Transport } from '../transport.js';
import { blocking, impatient, patient, retryingRedis } from './redis-client.js';
import { checkRedisServer, readRedisServerFacts } from './redis-server-facts.js';
import { StoppableRedisBackend } from './stoppable-redis-backend.js';

/**
 * BullMQ on Redis through ioredis. Connections: one for rings and look-ups, two per worker.
 * Throws `queue_unavailable` when Redis does not answer and `queue_refused` when it may evict.
 */
export async function openRedisTransport(url: string, log: QueueLog): Promise<Transport> {
  const ringClient = retryingRedis(url, impatient, log).client;
  try {
    await connectAndCheck(ringClient, new URL(url).host, log);
  } catch (error) {
    ringClient.disconnect();
    throw error;
  }
  return {
    kind: 'redis',
    makeQueue: (name) =>
      new Queue<RingData>(name, {
        connection: ringClient,
        prefix: redisKeyPrefix,
        defaultJobOptions: jobSettings,
        streams: { events: { maxLen: eventStreamLength } },
      }),
    makeWorker: (name, processor, concurrency) => {
      const commands = retryingRedis(url, patient, log);
      const waits = retryingRedis(url, blocking, log);
      const backend: BackendFactory<StoppableRedisBackend> = (queue, options) =>
        new StoppableRedisBackend(queue, options, { commands, waits });
      const worker = new Worker<RingData>(
        name,
        processor,
        {
          ...workerSettings,
          removeOnComplete: endedJobsKept.completed,
          removeOnFail: endedJobsKept.failed,
          // The type wants one; the backend brings its own two.
          connection: ringClient,
          prefix: redisKeyPrefix,
          autorun: false,
          concurrency,
        },
        backend,
      );
      return { worker, listenTrouble: () => troubleOf(waits.client) ?? troubleOf(commands.client) };
    },
    ping: async () => {
      await ringClient.ping();
    },
    // `disconnect`, because `quit` waits for a server that may be away.
    close: async () => {
      ringClient.disconnect();
    },
  };
}

function troubleOf(client: Redis): string | null {
  return client.status === 'ready' ? null : `the connection to Redis is ${client.status}`;
}

async function connectAndCheck(client: Redis, address: string, log: QueueLog): Promise<void> {
  let reason: unknown;
  const hear = (error: unknown): void => {
    reason = error;
  };
  client.on('error', hear);
  let info: string;
  try {
    await client.connect();
    info = await client.info();
  } catch (error) {
    const cause = reason ?? error;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new DrydockError('queue_unavailable', `Redis at ${address} does not answer (${said}); check REDIS_URL`, {
      cause,
    });
  } finally {
    client.off('error', hear);
  }
  checkRedisServer(readRedisServerFacts(info), address, log);
}
