import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DrydockClient } from '@drydock/client';
import { fleetOf, type SimulatorProcess, startSimulatorProcess } from '@drydock/demo';
import type { FleetSpec } from '@drydock/maas-simulator';
import type { CompiledDesign } from '@drydock/model';
import { migrateDatabase } from '@drydock/model/db';
import {
  appEnvironment,
  ensureSecretKeyFile,
  findFreePort,
  findProgram,
  type ProcessSpec,
  provideDatabase,
  startRedisServer,
} from '@drydock/runtime';
import { endpointOf, RestartableServer, TcpProxy } from '@drydock/testkit';
import type { Bench } from '../bench.js';
import { stopwatchSettings } from '../deploy-stand.js';
import { writeDesign } from '../write-design.js';
import { RevivedProcess } from './revived-process.js';
import { SteadyDatabase } from './steady-database.js';

export type Part = 'worker' | 'scheduler' | 'api';

/** Everything that the blows fall on, and what they are judged by. */
export interface ChaosStand {
  readonly processes: Readonly<Record<Part, readonly RevivedProcess[]>>;
  readonly postgres: RestartableServer;
  /** Null: BullMQ runs on Postgres. */
  readonly redis: RestartableServer | null;
  readonly simulator: SimulatorProcess;
  readonly client: DrydockClient;
  readonly database: SteadyDatabase;
  readonly design: CompiledDesign;
  readonly designRef: string;
  readonly fleet: FleetSpec;
}

const schedulers = 2;
/** In each direction: a MAAS answers no sooner, and what is under way is what a blow can hit. */
export const maasDelayMilliseconds = 10;

/** Starts Postgres, Redis, the simulator, an API, two schedulers and the workers; each a process that is started again. */
export async function startChaosStand(bench: Bench): Promise<ChaosStand> {
  const { closers, dataDirectory, signal, log } = bench;
  const postgres = await startPostgres(bench);
  const redis = bench.options.backend === 'redis' ? await startRedis(bench) : null;
  const logDirectory = join(dataDirectory, 'logs');
  const { timeScale } = bench.options;
  const simulator = await startSimulatorProcess({ ...bench, logDirectory, timeScale });
  closers.add('simulator', () => simulator.stop());
  const maas = await TcpProxy.start({ target: endpointOf(simulator.maasUrl) });
  closers.add('way to MAAS', () => maas.close());
  maas.delay(maasDelayMilliseconds);
  signal.throwIfAborted();
  const database = new SteadyDatabase(() => postgres.directUrl);
  closers.add('observer', () => database.close());
  const { design, file } = await writeDesign(bench);
  const apiPort = await findFreePort();
  const specs = await processSpecs(bench, {
    ...{ postgres, redis, file, apiPort },
    maasUrl: maas.through(simulator.maasUrl),
    maasApiKey: simulator.apiKey,
  });
  const started = await Promise.allSettled(
    specs.map(async ({ part, spec }) => {
      const process = await RevivedProcess.start({ spec, logDirectory, log });
      closers.add(process.name, () => process.stop(), 30);
      return { part, process };
    }),
  );
  const running = started.map((start) => {
    if (start.status === 'rejected') throw start.reason;
    return start.value;
  });
  const of = (part: Part): readonly RevivedProcess[] =>
    running.filter((each) => each.part === part).map(({ process }) => process);
  return {
    processes: { api: of('api'), scheduler: of('scheduler'), worker: of('worker') },
    client: new DrydockClient({ url: `http://127.0.0.1:${apiPort}`, answerSeconds: 5 }),
    designRef: pathToFileURL(file).href,
    fleet: fleetOf(design),
    ...{ postgres, redis, simulator, database, design },
  };
}

async function startPostgres({ closers, dataDirectory, log }: Bench): Promise<RestartableServer> {
  closers.add('postgres files', () => rm(join(dataDirectory, 'postgres'), { recursive: true, force: true }));
  const postgres = await RestartableServer.start(() => provideDatabase({ dataDirectory, log }));
  closers.add('postgres', () => postgres.close(), 30);
  await migrateDatabase(postgres.directUrl);
  return postgres;
}

async function startRedis({ closers, dataDirectory, env }: Bench): Promise<RestartableServer> {
  const program = await findProgram('redis-server', env['PATH'] ?? '');
  if (program === undefined) {
    throw new Error('there is no redis-server on the PATH: install it, or measure with --backend postgres');
  }
  const directory = join(dataDirectory, 'redis');
  await mkdir(directory, { recursive: true });
  const redis = await RestartableServer.start(() => startRedisServer({ program, directory }));
  closers.add('redis', () => redis.close());
  return redis;
}

interface Places {
  readonly postgres: RestartableServer;
  readonly redis: RestartableServer | null;
  readonly maasUrl: string;
  readonly maasApiKey: string;
  /** Of the design. */
  readonly file: string;
  readonly apiPort: number;
}

interface PartSpec {
  readonly part: Part;
  readonly spec: ProcessSpec;
}

async function processSpecs(bench: Bench, places: Places): Promise<readonly PartSpec[]> {
  const names: readonly [string, Part][] = [
    ['api', 'api'],
    ...numbered('scheduler', schedulers),
    ...numbered('worker', bench.options.workers),
  ];
  const keyFile = await ensureSecretKeyFile(bench.dataDirectory);
  return Promise.all(names.map(async ([name, part]) => ({ part, spec: await specOf(name, part, keyFile) })));

  async function specOf(name: string, part: Part, secretKeyFile: string): Promise<ProcessSpec> {
    const healthPort = await findFreePort();
    const computed = {
      DATABASE_URL: places.postgres.url,
      DATABASE_DIRECT_URL: places.postgres.url,
      DRYDOCK_DATA_DIR: bench.dataDirectory,
      DRYDOCK_SECRET_KEY_FILE: secretKeyFile,
      DRYDOCK_API_HOST: '127.0.0.1',
      DRYDOCK_API_PORT: String(places.apiPort),
      DRYDOCK_SCHEDULER_HEALTH_PORT: String(healthPort),
      DRYDOCK_WORKER_HEALTH_PORT: String(healthPort),
    };
    const url =
      part === 'api' ? `http://127.0.0.1:${places.apiPort}/api/v1.0/health` : `http://127.0.0.1:${healthPort}/readyz`;
    return {
      name,
      entry: join(bench.projectRoot, 'apps', part, 'src', 'main.ts'),
      env: appEnvironment(part, computed, { ...passed(bench.env), ...settings(places) }),
      readiness: { kind: 'http', url },
      stopTimeoutSeconds: 10,
    };
  }
}

function numbered(part: Part, count: number): [string, Part][] {
  return Array.from({ length: count }, (_, index) => [`${part}-${index + 1}`, part]);
}

function passed(env: Bench['env']): Record<string, string | undefined> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TZ', 'NODE_OPTIONS', 'DRYDOCK_LOG_LEVEL'].map((name) => [name, env[name]]),
  );
}

function settings({ redis, maasUrl, maasApiKey, file }: Places): Record<string, string> {
  return {
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
    DRYDOCK_NODE_DRIVER: 'maas',
    DRYDOCK_DESIGN_FILE_ROOTS: dirname(file),
    DRYDOCK_OOB_LOOPBACK_ONLY: 'true',
    DRYDOCK_POLL_INTERVAL_SECONDS: String(stopwatchSettings.pollSeconds),
    DRYDOCK_RACK_POWER_SPACING_MILLISECONDS: String(stopwatchSettings.spacing),
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: String(stopwatchSettings.ramp),
    MAAS_URL: maasUrl,
    MAAS_API_KEY: maasApiKey,
  };
}
