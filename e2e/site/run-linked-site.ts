import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrydockClient } from '@drydock/client';
import { migrateDatabase, openDatabase } from '@drydock/model/db';
import {
  appEnvironment,
  type AppName,
  Closers,
  ensureSecretKeyFile,
  findFreePort,
  type ProcessSpec,
  provideDatabase,
  startProcesses,
} from '@drydock/runtime';
import { endpointOf, RestartableServer, TcpProxy } from '@drydock/testkit';
import {
  projectRoot,
  sendSignal,
  type Site,
  siteEnvironment,
  type SiteOptions,
  startRedis,
  writeDesign,
} from './run-site.js';

/** What a process talks to. */
export type Service = 'postgres' | 'redis' | 'maas';

/** The ways of one process, each to be broken alone; those that it does not need are not there. */
export type Links = Partial<Readonly<Record<Service, TcpProxy>>>;

/** A site in which every process has a way of its own to everything, and Postgres and Redis can be restarted. */
export interface LinkedSite extends Site {
  readonly postgres: RestartableServer;
  /** Null on the Postgres backend. */
  readonly redis: RestartableServer | null;
  /** By name of the process. */
  readonly links: ReadonlyMap<string, Links>;
  /** The name under which the process runs. */
  nameOf(pid: number): string;
}

const processNames: readonly (readonly [string, AppName])[] = [
  ['api', 'api'],
  ['scheduler-1', 'scheduler'],
  ['scheduler-2', 'scheduler'],
  ['worker-1', 'worker'],
  ['worker-2', 'worker'],
];

/** An API, two schedulers and two workers. Everything lies in one temporary folder, which `close` removes at last. */
export async function runLinkedSite(options: SiteOptions): Promise<LinkedSite> {
  const closers = new Closers();
  try {
    return await startSite(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function startSite(options: SiteOptions, closers: Closers): Promise<LinkedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-e2e-'));
  closers.add('folder', () => rm(folder, { recursive: true, force: true }));
  // Root's Postgres runs as another user, who must be able to pass through.
  await chmod(folder, 0o711);
  const designFolder = join(folder, 'designs');
  const effectsFile = join(folder, 'effects.jsonl');
  await mkdir(designFolder);
  const env = await siteEnvironment(options, { folder, designFolder, effectsFile });
  const dataDirectory = join(folder, 'data');
  const postgres = await RestartableServer.start(() => provideDatabase({ dataDirectory }));
  closers.add('postgres', () => postgres.close(), 30);
  await migrateDatabase(postgres.directUrl);
  const redis = options.backend === 'redis' ? await RestartableServer.start(() => startRedis(folder)) : null;
  if (redis) closers.add('redis', () => redis.close());
  const links = await openLinks({ postgres: postgres.url, redis: redis?.url, maas: env['MAAS_URL'] }, closers);
  const started = await start({ env, dataDirectory, links, postgres, redis }, closers);
  const database = openDatabase({
    connectionString: postgres.url,
    applicationName: 'e2e',
    maxConnections: 2,
    onError: () => undefined,
  });
  closers.add('database', () => database.close());
  const stop = () => closers.close();
  const described = { url: postgres.url, kind: 'given' as const, describe: () => 'of the test', close: stop };
  const drydock = { ...started, database: described, dataDirectory, logDirectory: started.logDirectory, stop };
  return {
    drydock,
    client: new DrydockClient({ url: started.apiUrl, answerSeconds: 60 }),
    database,
    redisUrl: redis?.url ?? null,
    redisPid: null,
    ...{ folder, designFolder, effectsFile, env, postgres, redis, links },
    writeDesign: (name, text) => writeDesign(join(designFolder, `${name}.yaml`), text),
    signal: (name, signal) => sendSignal(drydock, name, signal),
    nameOf: (pid) => nameOf(started.processes.byName, pid),
    close: stop,
  };
}

async function openLinks(
  urls: Readonly<Record<Service, string | undefined>>,
  closers: Closers,
): Promise<ReadonlyMap<string, Links>> {
  const wanted = Object.entries(urls) as [Service, string | undefined][];
  const ofProcesses = processNames.map(async ([name]) => {
    const ways = wanted.map(async ([service, url]) => {
      if (url === undefined) return [];
      const proxy = await TcpProxy.start({ target: endpointOf(url) });
      closers.add(`${name} to ${service}`, () => proxy.close());
      return [[service, proxy] as const];
    });
    return [name, Object.fromEntries((await Promise.all(ways)).flat()) as Links] as const;
  });
  return new Map(await Promise.all(ofProcesses));
}

interface Ready {
  readonly env: Readonly<Record<string, string>>;
  readonly dataDirectory: string;
  readonly links: ReadonlyMap<string, Links>;
  readonly postgres: RestartableServer;
  readonly redis: RestartableServer | null;
}

async function start(ready: Ready, closers: Closers) {
  const apiPort = await findFreePort();
  const logDirectory = join(ready.dataDirectory, 'logs');
  const keyFile = await ensureSecretKeyFile(ready.dataDirectory);
  const specs = processNames.map(([name, app]) => processSpec(ready, { name, app, apiPort, keyFile }));
  const processes = await startProcesses({ processes: await Promise.all(specs), logDirectory });
  closers.add('processes', () => processes.stop(), 60);
  return { apiUrl: `http://127.0.0.1:${apiPort}`, logDirectory, processes };
}

interface Role {
  readonly name: string;
  readonly app: AppName;
  readonly apiPort: number;
  readonly keyFile: string;
}

async function processSpec(ready: Ready, { name, app, apiPort, keyFile }: Role): Promise<ProcessSpec> {
  const { postgres, redis, maas } = ready.links.get(name) ?? {};
  const healthPort = await findFreePort();
  const databaseUrl = postgres?.through(ready.postgres.url) ?? '';
  const computed = {
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: databaseUrl,
    DRYDOCK_DATA_DIR: ready.dataDirectory,
    DRYDOCK_SECRET_KEY_FILE: keyFile,
    DRYDOCK_API_HOST: '127.0.0.1',
    DRYDOCK_API_PORT: String(apiPort),
    DRYDOCK_SCHEDULER_HEALTH_PORT: String(healthPort),
    DRYDOCK_WORKER_HEALTH_PORT: String(healthPort),
  };
  const own = {
    ...ready.env,
    ...(ready.redis && redis ? { REDIS_URL: redis.through(ready.redis.url) } : {}),
    ...(maas ? { MAAS_URL: maas.through(ready.env['MAAS_URL'] ?? '') } : {}),
  };
  const health = app === 'api' ? `127.0.0.1:${apiPort}/api/v1.0/health` : `127.0.0.1:${healthPort}/readyz`;
  return {
    name,
    entry: join(projectRoot, 'apps', app, 'src', 'main.ts'),
    env: appEnvironment(app, computed, own),
    readiness: { kind: 'http', url: `http://${health}` },
  };
}

function nameOf(byName: Site['drydock']['processes']['byName'], pid: number): string {
  const found = [...byName.values()].find((process) => process.pid === pid);
  if (found === undefined) throw new Error(`process ${pid} is none of this site`);
  return found.name;
}
