import { QueueKeys, type QueueBaseOptions, RedisConnection, RedisQueueBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import { redisKeyPrefix } from '../bullmq-settings.js';
import type { RetryingRedis } from './redis-client.js';

/**
 * BullMQ's backend for one Worker, with connections of its own, which can also be closed while Redis is away.
 * BullMQ 6.7.0 by itself waits for the end of a connection that ioredis is just retrying, and for commands that wait
 * for that connection; neither ever comes.
 */
export class StoppableRedisBackend extends RedisQueueBackend {
  readonly #connections: readonly RetryingRedis[];

  constructor(name: string, options: QueueBaseOptions, connections: { commands: RetryingRedis; waits: RetryingRedis }) {
    const keys = new QueueKeys(redisKeyPrefix);
    super(
      new RedisConnection(connections.commands.client, { shared: false, blocking: false }),
      name,
      keys.getKeys(name),
      (type) => keys.toKey(name, type),
      options,
      new RedisConnection(connections.waits.client, { shared: false, blocking: true }),
    );
    this.#connections = [connections.commands, connections.waits];
  }

  override async disconnectBlocking(wait = true): Promise<void> {
    const settled = this.#connections.map((connection) => {
      connection.stopRetrying();
      return settle(connection.client);
    });
    await Promise.all(settled);
    await super.disconnectBlocking(wait);
  }

  /** By then every job was completed or given up; a polite QUIT would wait for Redis to come back. */
  override async close(): Promise<void> {
    await super.close(true);
  }
}

const unsettled: readonly string[] = ['connecting', 'connect', 'reconnecting'];

/** Resolves when the client is connected or has ended for good: within its connect timeout once it retries no more. */
async function settle(client: Redis): Promise<void> {
  if (!unsettled.includes(client.status)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      client.off('ready', done);
      client.off('end', done);
      resolve();
    };
    client.on('ready', done);
    client.on('end', done);
  });
}
