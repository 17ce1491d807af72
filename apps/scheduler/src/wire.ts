import { chooseTranslators } from '@drydock/ingester';
import { ensureLanes, leaseSeconds, listenForMoves, type MoveListener } from '@drydock/model/db';
import { stepLimits } from '@drydock/orchestrator';
import { type Consumer, laneQueueName, openQueueBackend, type QueueBackend } from '@drydock/queue';
import {
  allOrNothing,
  announceHolder,
  type Closers,
  type Connections,
  groupLimitsOf,
  isPooled,
  laneRows,
  type Log,
  openConnections,
  openPulse,
  readReferencePolicy,
  serveHealth,
} from '@drydock/runtime';
import { openTelemetry, poolReading, type Tracing } from '@drydock/telemetry';
import type { SchedulerConfig } from './config.js';
import { type CompilerSettings, DesignCompiler } from './design/design-compiler.js';
import { traceCompiler } from './design/trace-compiler.js';
import { Lanes } from './lanes.js';
import { Reach } from './reach.js';
import { queueReading, standReading, waitingReading } from './readings.js';
import { stepRinger } from './ring-steps.js';
import type { DriveParts } from './run/drive-parts.js';
import { runSweeps } from './run-sweeps.js';
import { type CheckedParts, schedulerChecks } from './scheduler-checks.js';
import { tellEnd } from './tell-end.js';

/** Without LISTEN somebody has to look. */
const pollMilliseconds = 250;
const laneGraceMilliseconds = 5000;
const putBackMilliseconds = 1000;

export interface RunningScheduler {
  readonly healthUrl: string;
  close(): Promise<void>;
}

/** Builds a scheduler out of its parts and starts it. The only file that knows every concrete thing. */
export async function startScheduler(config: SchedulerConfig, plainLog: Log): Promise<RunningScheduler> {
  return await allOrNothing(async (closers) => {
    const { metrics, tracing, log } = await openTelemetry('scheduler', config, plainLog);
    closers.add('tracing', () => tracing.close());
    const connections = await openConnections(
      {
        config,
        applicationName: 'drydock-scheduler',
        maxConnections: 5,
        // It holds the lock of all admissions: a frozen scheduler must not stop the others for long.
        idleInTransactionSeconds: 4,
        openQueue: openQueueBackend,
        log,
      },
      closers,
    );
    const { database, queue } = connections;
    const { server, readiness } = await serveHealth({ config, database, metrics }, closers);
    const { lanes, checked } = await startParts({ config, log, tracing, ...connections }, closers);
    for (const reading of [
      poolReading(database.pool),
      standReading(database.db, config.stepsPerSlot),
      queueReading(queue, config.lanes),
      waitingReading(lanes),
    ]) {
      metrics.addReading(reading);
    }
    readiness.add(schedulerChecks(checked));
    readiness.serve(closers);
    return { healthUrl: server.url, close: () => closers.close() };
  });
}

interface Given extends Connections<QueueBackend> {
  readonly config: SchedulerConfig;
  readonly tracing: Tracing;
  readonly log: Log;
}

interface Started {
  readonly lanes: Lanes;
  readonly checked: CheckedParts;
}

async function startParts(given: Given, closers: Closers): Promise<Started> {
  const { config, log, queue, tracing } = given;
  const { db } = given.database;
  await ensureLanes(db, laneRows(config));
  const { holder } = await announceHolder(db, { process: 'scheduler', slots: 0 }, closers);
  const compiler = new DesignCompiler(await compilerSettings(config), log);
  compiler.warmUp();
  const ringSteps = stepRinger(queue, log);
  const traced = traceCompiler(compiler, tracing);
  const drive = driveParts(config, { db, compiler: traced, ringSteps, log });
  const lanes = new Lanes({
    ...{ db, queue, holderId: holder.id, leaseSeconds, drive, log },
    tellEnd: (run, runLog) => tellEnd(run, { db, tracing, log: runLog }),
  });
  const stopRuns = async () => {
    // The compiler first: a run must not wait for a slow design.
    await Promise.all([compiler.close(), lanes.close()]);
  };
  closers.add('runs', stopRuns);
  const listener = listen(given, lanes, closers);
  const reach = new Reach(leaseSeconds * 1000, () => performance.now());
  const laneNames = config.lanes;
  const pulse = await openPulse(
    { config, applicationName: 'drydock-scheduler', database: given.database, log },
    closers,
  );
  const sweeping = runSweeps({
    db,
    pulse,
    queue,
    lanes,
    laneNames,
    holder,
    leaseSeconds,
    reach,
    ringSteps,
    log,
    now: Date.now,
  });
  closers.add('sweeps', () => sweeping.close());
  const consumers = new Map<string, Consumer>();
  for (const lane of laneNames) {
    consumers.set(lane, await consumeLane(lane, { queue, lanes, stopRuns, log }, closers));
  }
  return { lanes, checked: { queue, listener, pollMilliseconds, reach, leaseSeconds, sweeping, consumers } };
}

/** Wakes the runs when a step moved. */
function listen({ directUrl, log }: Given, lanes: Lanes, closers: Closers): MoveListener {
  const listener = listenForMoves(
    directUrl,
    () => lanes.wakeAll(),
    (error) => log.warn('listen connection broke', { error }),
  );
  closers.add('listener', () => listener.close());
  const poll = setInterval(() => {
    if (!listener.isListening) lanes.wakeAll();
  }, pollMilliseconds);
  closers.add('poll', () => clearInterval(poll));
  return listener;
}

interface LaneServants {
  readonly queue: QueueBackend;
  readonly lanes: Lanes;
  readonly stopRuns: () => Promise<void>;
  readonly log: Log;
}

/** Answers the doorbell of a lane, one at a time over all schedulers. */
async function consumeLane(
  lane: string,
  { queue, lanes, stopRuns, log }: LaneServants,
  closers: Closers,
): Promise<Consumer> {
  await queue.setGlobalConcurrency(laneQueueName(lane), 1);
  const consumer = await queue.consume(laneQueueName(lane), {
    concurrency: 1,
    onError: (error) => log.warn('queue trouble', { lane, error }),
    handle: async (job) => {
      try {
        await lanes.look(lane, (percent) => void job.reportProgress(percent));
        return undefined;
      } catch (error) {
        log.error('lane job put back', { lane, error });
        return { putBackAfterMilliseconds: putBackMilliseconds };
      }
    },
  });
  closers.add(`lane ${lane}`, async () => {
    const closing = stopRuns();
    await consumer.close(laneGraceMilliseconds);
    await closing;
  });
  return consumer;
}

function driveParts(
  config: SchedulerConfig,
  built: Pick<DriveParts, 'db' | 'compiler' | 'ringSteps' | 'log'>,
): DriveParts {
  return {
    ...built,
    limits: stepLimits(config.deadlineSeconds),
    groupLimits: groupLimitsOf(config),
    provisioner: config.provisioner,
    attemptBackoff: {
      baseSeconds: config.attemptBackoffSeconds,
      factor: 2,
      capSeconds: config.attemptBackoffCapSeconds,
    },
    retryPolicy: {
      stepTries: config.stepTries,
      node: { tries: config.nodeTries, refillPerHour: config.nodeTriesPerHour },
      bmc: { tries: config.bmcTries, refillPerHour: config.bmcTriesPerHour },
    },
    random: Math.random,
  };
}

async function compilerSettings(config: SchedulerConfig): Promise<CompilerSettings> {
  const { secretKeyFile, designFormats: formats } = config;
  chooseTranslators(formats);
  return {
    databaseUrl: config.databaseUrl.reveal(),
    isPooled: isPooled(config),
    isDurable: config.isDurable,
    secretKeyFile,
    policy: await readReferencePolicy(config),
    formats,
  };
}
