import { readFile } from 'node:fs/promises';
import type { BulkObserver } from '@drydock/model';
import { drainHolder, MoveNotifier, SecretBox } from '@drydock/model/db';
import { openQueueBackend, type QueueBackend } from '@drydock/queue';
import {
  allOrNothing,
  announceHolder,
  type Closers,
  type Connections,
  type Log,
  openConnections,
  serveHealth,
} from '@drydock/runtime';
import type { WorkerConfig } from './config.js';
import { consumeSteps } from './consume-steps.js';
import { driverSets, isDriverSet } from './drivers.js';
import type { ExecutorParts } from './execute-step.js';
import { LeaseKeeper } from './lease-keeper.js';
import { MaterialLoader } from './load-material.js';
import { observeForever, type ObserverParts } from './observer-loop.js';
import { watchConsumer } from './watch-consumer.js';

/** For calls to notice their abort and give their step back; a write to a machine is not cut in two. */
const stopGraceMilliseconds = 5000;

export interface RunningWorker {
  readonly healthUrl: string;
  close(): Promise<void>;
}

/** Builds a worker out of its parts and starts it. The only file that knows every concrete thing. */
export async function startWorker(config: WorkerConfig, log: Log): Promise<RunningWorker> {
  return await allOrNothing(async (closers) => {
    const connections = await openConnections(
      { config, applicationName: 'drydock-worker', maxConnections: 7, openQueue: openQueueBackend, log },
      closers,
    );
    const given = { config, log, ...connections };
    const { parts, observers } = await executorParts(given, closers);
    startObservers(observers, { ...parts, everySeconds: config.observeSeconds }, closers);
    await startConsumer(given, parts, closers);
    const health = await serveHealth({ config, ...connections }, closers);
    return { healthUrl: health.url, close: () => closers.close() };
  });
}

interface Given extends Connections<QueueBackend> {
  readonly config: WorkerConfig;
  readonly log: Log;
}

interface Executor {
  readonly parts: ExecutorParts;
  readonly observers: readonly BulkObserver[];
}

/** What executing a step needs. */
async function executorParts({ config, log, database }: Given, closers: Closers): Promise<Executor> {
  const { db, pool } = database;
  const secretBox = new SecretBox(await readFile(config.secretKeyFile, 'utf8'));
  const { holder, announcedAt } = await announceHolder(db, { process: 'worker', slots: config.slots }, closers);
  const openDrivers = driverSets[isDriverSet(config.nodeDriver) ? config.nodeDriver : 'none'];
  const { drivers, observers, close } = await openDrivers(config);
  closers.add('drivers', close);
  const notifier = new MoveNotifier(pool, (error) => log.warn('notify failed', { error }));
  closers.add('notifier', () => notifier.close());
  const leases = new LeaseKeeper(db, holder, log);
  leases.start(announcedAt);
  closers.add('leases', () => leases.close());
  const material = new MaterialLoader(db, secretBox);
  const parts = { db, holderId: holder.id, leases, material, drivers, notifier, log, random: Math.random };
  return { parts, observers };
}

function startObservers(
  observers: readonly BulkObserver[],
  given: Omit<ObserverParts, 'observer'>,
  closers: Closers,
): void {
  const { db, holderId, notifier, log, everySeconds } = given;
  for (const observer of observers) {
    const loop = observeForever({ db, holderId, observer, notifier, log, everySeconds });
    closers.add('observer', () => loop.close());
  }
}

/** Takes steps; when it stops it takes no new ones, and those under way are aborted and given back. */
async function startConsumer({ config, log, queue }: Given, parts: ExecutorParts, closers: Closers): Promise<void> {
  const { db, holderId, leases } = parts;
  const consumer = await consumeSteps(queue, config.slots, parts);
  const hasFreeSlot = () => leases.heldSteps < config.slots;
  const watch = watchConsumer({ queue, consumer, hasFreeSlot, log, now: Date.now });
  closers.add('watch', () => watch.close());
  closers.add('steps', async () => {
    leases.stop('the worker stops');
    await consumer.close(stopGraceMilliseconds);
  });
  closers.add('draining', () => drainHolder(db, holderId));
}
