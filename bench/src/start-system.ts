import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findProgram,
  provideDatabase,
  type ProvidedDatabase,
  type RunningDrydock,
  startDrydock,
  startRedisServer,
} from '@drydock/runtime';
import { Client } from 'pg';
import type { Bench } from './bench.js';

export interface MeasuredSystem {
  readonly drydock: RunningDrydock;
  /** For measuring; never shared with what is measured. */
  readonly database: Client;
  /** Every commit waits for the disk. */
  readonly isDurable: boolean;
  /** Null: the queue is in Postgres. */
  readonly redisUrl: string | null;
}

const passedNames = ['PATH', 'HOME', 'TZ', 'NODE_OPTIONS', 'DRYDOCK_LOG_LEVEL'];
const preloaded = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.max': '10000' };

/** Starts a database of the benchmark's own (or uses DATABASE_URL), the wanted queue, and Drydock on them. */
export async function startSystem(bench: Bench, env: Readonly<Record<string, string>>): Promise<MeasuredSystem> {
  const { closers, dataDirectory, options } = bench;
  for (const name of ['postgres', 'secret-key', 'redis']) {
    closers.add(name, () => rm(join(dataDirectory, name), { recursive: true, force: true }));
  }
  const provided = await provideDatabase({
    url: bench.env['DATABASE_URL'],
    dataDirectory,
    settings: preloaded,
    log: bench.log,
  });
  closers.add('database', () => provided.close(), 30);
  bench.signal.throwIfAborted();
  const database = await connect(bench, provided);
  const redisUrl = options.backend === 'redis' ? await startRedis(bench) : null;
  const drydock = await startDrydock({
    projectRoot: bench.projectRoot,
    log: bench.log,
    env: {
      ...passedEnvironment(bench),
      ...env,
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      DATABASE_URL: provided.url,
      DRYDOCK_DATA_DIR: dataDirectory,
      DRYDOCK_API_PORT: '0',
      DRYDOCK_WORKERS: String(options.workers),
    },
  });
  closers.add('drydock', () => drydock.stop(), 90);
  bench.signal.throwIfAborted();
  const { rows } = await database.query<{ fsync: string }>('show fsync');
  return { drydock, database, isDurable: rows[0]?.fsync === 'on', redisUrl };
}

async function connect({ closers }: Bench, provided: ProvidedDatabase): Promise<Client> {
  const database = new Client({ connectionString: provided.url, application_name: 'drydock-bench' });
  await database.connect();
  closers.add('connection', () => database.end());
  if (provided.kind !== 'given') await database.query('create extension if not exists pg_stat_statements');
  return database;
}

async function startRedis({ closers, dataDirectory, env }: Bench): Promise<string> {
  const program = await findProgram('redis-server', env['PATH'] ?? '');
  if (program === undefined) {
    throw new Error('there is no redis-server on the PATH: install it, or measure with --backend postgres');
  }
  const directory = join(dataDirectory, 'redis');
  await mkdir(directory, { recursive: true });
  const redis = await startRedisServer({ program, directory });
  closers.add('redis', () => redis.close());
  return redis.url;
}

function passedEnvironment({ env }: Bench): Record<string, string> {
  const entries = passedNames.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  return Object.fromEntries(entries) as Record<string, string>;
}
