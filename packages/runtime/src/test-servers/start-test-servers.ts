import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Closers } from '../process-life/closers.js';
import { findProgram } from '../process-life/find-program.js';
import { type ProvidedDatabase, provideDatabase } from '../postgres/provide-database.js';
import { startRedisServer } from '../redis/start-redis-server.js';
import { recordTestServers, removeAbandonedTestServers, testDirectoryPrefix } from './abandoned-test-servers.js';

export interface TestServers {
  /** A role that may make databases. */
  readonly databaseUrl: string;
  /** Undefined where `redis-server` is not on the path. */
  readonly redisUrl: string | undefined;
  close(): Promise<void>;
}

/**
 * Starts one throw-away Postgres (commits not durable) and, where it is installed, one Redis for a whole test run.
 * Those of earlier runs that were killed are removed first.
 */
export async function startTestServers(searchPath: string): Promise<TestServers> {
  await removeAbandonedTestServers(tmpdir());
  const directory = await mkdtemp(join(tmpdir(), testDirectoryPrefix));
  // Root's Postgres runs as another user, who must be able to pass through.
  await chmod(directory, 0o711);
  await recordTestServers(directory, []);
  const closers = new Closers();
  closers.add('test directory', () => rm(directory, { recursive: true, force: true }));
  try {
    const [database, redis] = await Promise.all([startDatabase(directory), startRedis(directory, searchPath)]);
    closers.add('test database', () => database.close());
    if (redis !== undefined) closers.add('test redis', () => redis.close());
    await recordTestServers(directory, redis === undefined ? [] : [redis.pid]);
    return { databaseUrl: database.url, redisUrl: redis?.url, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function startDatabase(directory: string): Promise<ProvidedDatabase> {
  return provideDatabase({ dataDirectory: join(directory, 'data'), database: 'tests', durable: false });
}

async function startRedis(directory: string, searchPath: string): ReturnType<typeof startRedisIfPresent> {
  return startRedisIfPresent(await findProgram('redis-server', searchPath), directory);
}

async function startRedisIfPresent(
  program: string | undefined,
  directory: string,
): Promise<Awaited<ReturnType<typeof startRedisServer>> | undefined> {
  return program === undefined ? undefined : startRedisServer({ program, directory });
}
