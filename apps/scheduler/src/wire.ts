import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { checkSchema, listenForMoves, openDatabase, heartbeat, retireHolder } from '@drydock/model/db';
import { stepLimits } from '@drydock/orchestrator';
import { laneQueueName, openQueueBackend } from '@drydock/queue';
import { Closers, type Log, startHealthServer } from '@drydock/runtime';
import { type SchedulerConfig, splitList } from './config.js';
import { DesignCompiler } from './design/design-compiler.js';
import { Lanes } from './lanes.js';
import { Reach } from './reach.js';
import { stepRinger } from './ring-steps.js';
import type { DriveParts } from './run/drive-parts.js';
import { runSweeps } from './run-sweeps.js';

const leaseSeconds = 3;
/** Without LISTEN somebody has to look. */
const pollMilliseconds = 250;
const mebibyte = 1024 * 1024;

export interface RunningScheduler {
  readonly healthUrl: string;
  close(): Promise<void>;
}

/** Builds a scheduler out of its parts and starts it. The only file that knows every concrete thing. */
export async function startScheduler(config: SchedulerConfig, log: Log): Promise<RunningScheduler> {
  const closers = new Closers();
  try {
    return await build(config, log, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function build(config: SchedulerConfig, log: Log, closers: Closers): Promise<RunningScheduler> {
  const databaseUrl = config.databaseUrl.reveal();
  const directUrl = config.databaseDirectUrl?.reveal() ?? databaseUrl;
  const redisUrl = config.redisUrl?.reveal();
  const database = openDatabase({
    connectionString: databaseUrl,
    applicationName: 'drydock-scheduler',
    maxConnections: 5,
    // It holds the lock of all admissions: a frozen scheduler must not stop the others for long.
    idleInTransactionSeconds: 4,
    isDurable: config.isDurable,
    onError: (error) => log.warn('idle database connection broke', { error }),
  });
  closers.add('database', () => database.close());
  await checkSchema(database.pool);
  const holderId = randomUUID();
  const holder = { id: holderId, process: 'scheduler', host: hostname(), pid: process.pid, slots: 0 } as const;
  await heartbeat(database.db, holder, leaseSeconds);
  closers.add('holder', () => retireHolder(database.db, holderId));
  const queue = await openQueueBackend({
    ...(redisUrl === undefined ? {} : { redisUrl }),
    databaseUrl: directUrl,
    log,
  });
  closers.add('queue', () => queue.close());

  const compiler = new DesignCompiler(compilerSettings(config), log);
  compiler.warmUp();
  const ringSteps = stepRinger(queue, log);
  const drive = driveParts(config, { db: database.db, compiler, ringSteps, log });
  const laneNames = splitList(config.lanes);
  const lanes = new Lanes({ db: database.db, queue, holderId, leaseSeconds, drive, log });
  closers.add('lanes', () => lanes.close());

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

  const reach = new Reach(leaseSeconds * 1000, () => performance.now());
  const sweeping = runSweeps({
    db: database.db,
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
  for (const lane of laneNames) {
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
          return { putBackAfterMilliseconds: 1000 };
        }
      },
    });
    closers.add(`lane ${lane}`, async () => {
      const closing = lanes.close();
      await consumer.close(5000);
      await closing;
    });
  }
  // Closed before the lanes: a run must not wait for a slow design.
  closers.add('compiler', () => compiler.close());
  const health = await startHealthServer({
    port: config.healthPort,
    checks: {
      database: async () => void (await database.pool.query('select 1')),
      queue: () => queue.ping(),
    },
  });
  closers.add('health', () => health.close());
  return { healthUrl: health.url, close: () => closers.close() };
}

function driveParts(
  config: SchedulerConfig,
  built: Pick<DriveParts, 'db' | 'compiler' | 'ringSteps' | 'log'>,
): DriveParts {
  return {
    ...built,
    limits: stepLimits(config.deadlineSeconds),
    groupLimits: {
      provisionerCalls: config.provisionerCalls,
      deployments: config.deployments,
      deploymentsPerMinute: config.deploymentsPerMinute,
      rackPower: config.rackPower,
      rackPowerSpacingMilliseconds: config.rackPowerSpacingMilliseconds,
      bmcSpacingMilliseconds: { ipmi: config.ipmiSpacingMilliseconds },
      stepsPerSlot: config.stepsPerSlot,
    },
    provisioner: config.provisioner,
    attemptBackoff: { baseSeconds: config.attemptBackoffSeconds, factor: 2, capSeconds: 60 },
    random: Math.random,
  };
}

function compilerSettings(config: SchedulerConfig) {
  return {
    databaseUrl: config.databaseUrl.reveal(),
    secretKeyFile: config.secretKeyFile,
    fileRoots: splitList(config.designFileRoots),
    allowedHosts: splitList(config.designHosts),
    isLoopbackAllowed: config.isDesignLoopbackAllowed,
    maxBytes: config.designMaxMib * mebibyte,
    totalTimeoutSeconds: config.designTimeoutSeconds,
  };
}
