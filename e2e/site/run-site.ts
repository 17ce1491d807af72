import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DrydockClient } from '@drydock/client';
import { type OpenDatabase, openDatabase } from '@drydock/model/db';
import { Closers, findProgram, type RedisServer, type RunningDrydock } from '@drydock/runtime';
import { silentLog, startDrydock, startRedisServer } from '@drydock/runtime';

export interface SiteOptions {
  readonly backend: 'redis' | 'postgres';
  readonly workers?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Rows of the scripted driver's table; effects go to `effectsFile`. */
  readonly script?: readonly unknown[];
}

/** Drydock as real processes, with a Postgres and (backend `redis`) a Redis of its own. */
export interface Site {
  readonly drydock: RunningDrydock;
  readonly client: DrydockClient;
  readonly database: OpenDatabase;
  /** Null on the Postgres backend. */
  readonly redisUrl: string | null;
  readonly redisPid: number | null;
  readonly folder: string;
  /** Where designs may be read from. */
  readonly designFolder: string;
  readonly effectsFile: string;
  /** What every process was given; the starter adds database, key and ports. */
  readonly env: Readonly<Record<string, string>>;
  /** @returns its design reference */
  writeDesign(name: string, text: string | Uint8Array): Promise<string>;
  /** A signal to the process that runs under this name now. */
  signal(name: string, signal: NodeJS.Signals): void;
  close(): Promise<void>;
}

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Everything lies in one temporary folder, which `close` removes after the last process has ended. */
export async function runSite(options: SiteOptions): Promise<Site> {
  const closers = new Closers();
  try {
    return await startSite(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function startSite(options: SiteOptions, closers: Closers): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-e2e-'));
  closers.add('folder', () => rm(folder, { recursive: true, force: true }));
  // Root's Postgres runs as another user, who must be able to pass through.
  await chmod(folder, 0o711);
  const redis = options.backend === 'redis' ? await startRedis(folder) : null;
  if (redis) closers.add('redis', () => redis.close());
  const designFolder = join(folder, 'designs');
  const effectsFile = join(folder, 'effects.jsonl');
  await mkdir(designFolder);
  const env = { ...(await siteEnvironment(options, { folder, designFolder, effectsFile })), ...redisOf(redis) };
  const drydock = await startDrydock({ env, projectRoot, log: silentLog });
  closers.add('drydock', () => drydock.stop(), 90);
  const database = openDatabase({
    connectionString: drydock.database.url,
    applicationName: 'e2e',
    maxConnections: 2,
    onError: () => undefined,
  });
  closers.add('database', () => database.close());
  return {
    drydock,
    client: new DrydockClient({ url: drydock.apiUrl }),
    database,
    redisUrl: redis?.url ?? null,
    redisPid: redis?.pid ?? null,
    ...{ folder, designFolder, effectsFile, env },
    writeDesign: (name, text) => writeDesign(join(designFolder, `${name}.yaml`), text),
    signal: (name, signal) => sendSignal(drydock, name, signal),
    close: () => closers.close(),
  };
}

/** A Redis of the site's own. */
export async function startRedis(directory: string): Promise<RedisServer> {
  const program = await findProgram('redis-server', process.env['PATH'] ?? '');
  if (program === undefined) throw new Error('redis-server is not on PATH; ask hasRedis() first');
  return startRedisServer({ program, directory });
}

function redisOf(redis: RedisServer | null): Record<string, string> {
  return redis === null ? {} : { REDIS_URL: redis.url };
}

/** Where a site keeps what it reads and writes. */
export interface Places {
  readonly folder: string;
  readonly designFolder: string;
  readonly effectsFile: string;
}

/** Nothing of this shell but what a process needs to live. */
export async function siteEnvironment(options: SiteOptions, places: Places): Promise<Record<string, string>> {
  const scriptFile = join(places.folder, 'script.json');
  const script = { format: 1, effectsFile: places.effectsFile, rows: options.script ?? [] };
  await writeFile(scriptFile, JSON.stringify(script));
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: places.folder,
    DRYDOCK_DATA_DIR: join(places.folder, 'data'),
    DRYDOCK_API_PORT: '0',
    DRYDOCK_WORKERS: String(options.workers ?? 2),
    DRYDOCK_DESIGN_FILE_ROOTS: places.designFolder,
    DRYDOCK_NODE_DRIVER: 'scripted',
    DRYDOCK_SCRIPT: scriptFile,
    DRYDOCK_POLL_INTERVAL_SECONDS: '0.2',
    DRYDOCK_RACK_POWER_SPACING_MILLISECONDS: '0',
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: '0',
    DRYDOCK_ATTEMPT_BACKOFF_SECONDS: '0',
    ...options.env,
  };
}

/** @returns its design reference */
export async function writeDesign(file: string, text: string | Uint8Array): Promise<string> {
  await writeFile(file, text);
  return pathToFileURL(file).href;
}

export function sendSignal(drydock: Pick<RunningDrydock, 'processes'>, name: string, signal: NodeJS.Signals): void {
  const pid = drydock.processes.byName.get(name)?.pid;
  if (pid === undefined) throw new Error(`${name} does not run, so it cannot get ${signal}`);
  process.kill(pid, signal);
}
