import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import {
  checkSchema,
  drainHolder,
  MoveNotifier,
  openDatabase,
  heartbeat,
  retireHolder,
  SecretBox,
} from '@drydock/model/db';
import { openQueueBackend } from '@drydock/queue';
import { Closers, type Log, startHealthServer } from '@drydock/runtime';
import type { WorkerConfig } from './config.js';
import { consumeSteps } from './consume-steps.js';
import { driverSets, isDriverSet } from './drivers.js';
import type { ExecutorParts } from './execute-step.js';
import { LeaseKeeper, leaseSeconds } from './lease-keeper.js';
import { MaterialLoader } from './load-material.js';
import { observeForever } from './observer-loop.js';
import { watchConsumer } from './watch-consumer.js';

/** For calls to notice their abort and give their step back; a write to a machine is not cut in two. */
const stopGraceMilliseconds = 5000;

export interface RunningWorker {
  readonly healthUrl: string;
  close(): Promise<void>;
}

/** Builds a worker out of its parts and starts it. The only file that knows every concrete thing. */
export async function startWorker(config: WorkerConfig, log: Log): Promise<RunningWorker> {
  const closers = new Closers();
  try {
    return await build(config, log, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function build(config: WorkerConfig, log: Log, closers: Closers): Promise<RunningWorker> {
  const databaseUrl = config.databaseUrl.reveal();
  const database = openDatabase({
    connectionString: databaseUrl,
    applicationName: 'drydock-worker',
    maxConnections: 7,
    isDurable: config.isDurable,
    onError: (error) => log.warn('idle database connection broke', { error }),
  });
  closers.add('database', () => database.close());
  await checkSchema(database.pool);
  const holderId = randomUUID();
  const holder = { id: holderId, process: 'worker', host: hostname(), pid: process.pid, slots: config.slots } as const;
  const announcedAt = performance.now();
  await heartbeat(database.db, holder, leaseSeconds);
  closers.add('holder', () => retireHolder(database.db, holderId));

  const { drivers, observers, close } =
    await driverSets[isDriverSet(config.nodeDriver) ? config.nodeDriver : 'none'](config);
  closers.add('drivers', close);
  const redisUrl = config.redisUrl?.reveal();
  const queue = await openQueueBackend({
    ...(redisUrl === undefined ? {} : { redisUrl }),
    databaseUrl: config.databaseDirectUrl?.reveal() ?? databaseUrl,
    log,
  });
  closers.add('queue', () => queue.close());
  const notifier = new MoveNotifier(database.pool, (error) => log.warn('notify failed', { error }));
  closers.add('notifier', () => notifier.close());
  const leases = new LeaseKeeper(database.db, holder, log);
  leases.start(announcedAt);
  closers.add('leases', () => leases.close());

  const secretBox = new SecretBox(await readFile(config.secretKeyFile, 'utf8'));
  const material = new MaterialLoader(database.db, secretBox);
  const parts: ExecutorParts = {
    db: database.db,
    holderId,
    leases,
    material,
    drivers,
    notifier,
    log,
    random: Math.random,
  };
  for (const observer of observers) {
    const loop = observeForever({
      db: database.db,
      holderId,
      observer,
      notifier,
      log,
      everySeconds: config.observeSeconds,
    });
    closers.add('observer', () => loop.close());
  }
  const consumer = await consumeSteps(queue, config.slots, parts);
  const watch = watchConsumer({
    queue,
    consumer,
    hasFreeSlot: () => leases.heldSteps < config.slots,
    log,
    now: Date.now,
  });
  closers.add('watch', () => watch.close());
  closers.add('steps', async () => {
    leases.stop('the worker stops');
    await consumer.close(stopGraceMilliseconds);
  });
  closers.add('draining', async () => {
    await drainHolder(database.db, holderId);
  });
  const health = await startHealthServer({
    port: config.healthPort,
    checks: { database: async () => void (await database.pool.query('select 1')), queue: () => queue.ping() },
  });
  closers.add('health', () => health.close());
  return { healthUrl: health.url, close: () => closers.close() };
}
