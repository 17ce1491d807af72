import { readFile } from 'node:fs/promises';
import type { BulkObserver } from '@drydock/model';
import { drainHolder, GroupedWrites, MoveNotifier, SecretBox } from '@drydock/model/db';
import { type Consumer, openQueueBackend, type QueueBackend } from '@drydock/queue';
import {
  allOrNothing,
  announceHolder,
  type Closers,
  type Connections,
  type Log,
  openConnections,
  openPulse,
  serveHealth,
} from '@drydock/runtime';
import { openTelemetry, poolReading, type Tracing } from '@drydock/telemetry';
import { bootActionObserver } from './boot-action-observer.js';
import { BootActionOpener } from './boot-action-opener.js';
import type { WorkerConfig } from './config.js';
import { consumeSteps } from './consume-steps.js';
import { driverSets, isDriverSet } from './drivers.js';
import type { ExecutorParts } from './execute-step.js';
import { LeaseKeeper } from './lease-keeper.js';
import { MaterialLoader } from './load-material.js';
import { observeForever, type ObserverParts } from './observer-loop.js';
import { slotsReading } from './slots-reading.js';
import { persistentReports } from './persistent-reports.js';
import { watchConsumer } from './watch-consumer.js';
import { workerChecks } from './worker-checks.js';

/** For calls to notice their abort and give their step back; a write to a machine is not cut in two. */
const stopGraceMilliseconds = 5000;

export interface RunningWorker {
  readonly healthUrl: string;
  close(): Promise<void>;
}

/** Builds a worker out of its parts and starts it. The only file that knows every concrete thing. */
export async function startWorker(config: WorkerConfig, plainLog: Log): Promise<RunningWorker> {
  return await allOrNothing(async (closers) => {
    const { metrics, tracing, log } = await openTelemetry('worker', config, plainLog);
    closers.add('tracing', () => tracing.close());
    const connections = await openConnections(
      { config, applicationName: 'drydock-worker', maxConnections: 6, openQueue: openQueueBackend, log },
      closers,
    );
    const { server, readiness } = await serveHealth({ config, ...connections, metrics }, closers);
    const given = { config, log, tracing, ...connections };
    const { parts, holderId, observers } = await executorParts(given, closers);
    const { db } = connections.database;
    startObservers(observers, { ...parts, db, holderId, everySeconds: config.observeSeconds }, closers);
    const consumer = await startConsumer({ ...given, holderId }, parts, closers);
    metrics.addReading(poolReading(connections.database.pool));
    metrics.addReading(slotsReading(config.slots, parts.leases));
    readiness.add(workerChecks({ queue: connections.queue, consumer, leases: parts.leases }));
    readiness.serve(closers);
    return { healthUrl: server.url, close: () => closers.close() };
  });
}

interface Given extends Connections<QueueBackend> {
  readonly config: WorkerConfig;
  readonly tracing: Tracing;
  readonly log: Log;
}

interface Executor {
  readonly parts: ExecutorParts;
  readonly holderId: string;
  readonly observers: readonly BulkObserver[];
}

/** What executing a step needs. */
async function executorParts({ config, log, tracing, database }: Given, closers: Closers): Promise<Executor> {
  const { db, pool } = database;
  const secretBox = new SecretBox(await readFile(config.secretKeyFile, 'utf8'));
  const { holder, announcedAt } = await announceHolder(db, { process: 'worker', slots: config.slots }, closers);
  const openDrivers = driverSets[isDriverSet(config.nodeDriver) ? config.nodeDriver : 'none'];
  const { drivers, observers, close } = await openDrivers(config);
  closers.add('drivers', close);
  const notifier = new MoveNotifier(pool, (error) => log.warn('notify failed', { error }));
  closers.add('notifier', () => notifier.close());
  const pulse = await openPulse({ config, applicationName: 'drydock-worker', database, log }, closers);
  const leases = new LeaseKeeper(db, pulse, holder, log);
  leases.start(announcedAt);
  closers.add('leases', () => leases.close());
  const isDelivered = config.bootActionDelivery === 'on';
  const bootActions = new BootActionOpener({ db, secretBox, isDelivered, now: Date.now });
  const material = new MaterialLoader(db, secretBox, bootActions);
  const retry = { baseSeconds: config.retryBackoffSeconds, capSeconds: config.retryBackoffCapSeconds };
  const writes = persistentReports(new GroupedWrites(db, holder.id), log);
  const parts = { writes, leases, material, drivers, notifier, log, random: Math.random, retry, tracing };
  const own = isDelivered ? [bootActionObserver(db)] : [];
  return { parts, holderId: holder.id, observers: [...observers, ...own] };
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
async function startConsumer(
  { config, log, queue, database, holderId }: Given & Pick<Executor, 'holderId'>,
  parts: ExecutorParts,
  closers: Closers,
): Promise<Consumer> {
  const { leases } = parts;
  const consumer = await consumeSteps(queue, config.slots, parts);
  const hasFreeSlot = () => leases.heldSteps < config.slots;
  const watch = watchConsumer({ queue, consumer, hasFreeSlot, log, now: Date.now });
  closers.add('watch', () => watch.close());
  closers.add('steps', async () => {
    leases.stop('the worker stops');
    await consumer.close(stopGraceMilliseconds);
  });
  closers.add('draining', () => drainHolder(database.db, holderId));
  return consumer;
}
