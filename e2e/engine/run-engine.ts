import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledNode, CompiledSite, TaskAction } from '@drydock/model';
import { openDatabase, type OpenDatabase, rows, storeSnapshot } from '@drydock/model/db';
import { Closers, type Log, silentLog } from '@drydock/runtime';
import { readSchedulerConfig, startScheduler } from '@drydock/scheduler';
import { compiledSite, createTestDatabase } from '@drydock/testkit';
import { readWorkerConfig, startWorker } from '@drydock/worker';
import { sql } from 'drizzle-orm';

export interface EngineOptions {
  /** Rows of the scripted driver's table. */
  readonly script?: readonly unknown[];
  readonly redisUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly workers?: number;
  readonly log?: Log;
}

export interface Engine {
  readonly database: OpenDatabase;
  readonly env: Readonly<Record<string, string>>;
  /** Of the scheduler, then of each worker. */
  readonly healthUrls: readonly string[];
  submit(action: TaskAction, nodes: readonly CompiledNode[], site?: CompiledSite): Promise<string>;
  ended(taskId: string): Promise<EndedTask>;
  addWorker(): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

export interface EndedTask {
  readonly status: string;
  readonly resultStatus: string;
  readonly successes: readonly string[];
  readonly failures: readonly string[];
}

/** A scheduler and workers in this process, on the scripted driver and a database of their own. */
export async function runEngine(options: EngineOptions): Promise<Engine> {
  const testDatabase = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'drydock-engine-'));
  await writeFile(join(folder, 'key'), '00'.repeat(32), { mode: 0o600 });
  await writeFile(join(folder, 'script.json'), JSON.stringify({ format: 1, rows: options.script ?? [] }));
  const env = {
    DATABASE_URL: testDatabase.url,
    DRYDOCK_SECRET_KEY_FILE: join(folder, 'key'),
    DRYDOCK_NODE_DRIVER: 'scripted',
    DRYDOCK_SCRIPT: join(folder, 'script.json'),
    DRYDOCK_DURABLE_COMMITS: 'false',
    DRYDOCK_POLL_INTERVAL_SECONDS: '0.05',
    DRYDOCK_RACK_POWER_SPACING_MILLISECONDS: '0',
    DRYDOCK_ATTEMPT_BACKOFF_SECONDS: '0',
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: '0',
    ...(options.redisUrl === undefined ? {} : { REDIS_URL: options.redisUrl }),
    ...options.env,
  };
  const log = options.log ?? silentLog;
  const database = openDatabase({
    connectionString: testDatabase.url,
    applicationName: 'test',
    maxConnections: 3,
    onError: () => undefined,
  });
  const closers = new Closers();
  closers.add('folder', () => rm(folder, { recursive: true }));
  closers.add('test database', () => testDatabase.close());
  closers.add('database', () => database.close());
  const healthUrls: string[] = [];
  const addWorker = async () => {
    const worker = await startWorker(readWorkerConfig(env), log);
    healthUrls.push(worker.healthUrl);
    closers.add('worker', () => worker.close());
    return worker;
  };
  try {
    const scheduler = await startScheduler(readSchedulerConfig(env), log);
    healthUrls.push(scheduler.healthUrl);
    closers.add('scheduler', () => scheduler.close());
    for (let count = options.workers ?? 1; count > 0; count -= 1) await addWorker();
  } catch (error) {
    await closers.close();
    throw error;
  }
  return {
    database,
    env,
    healthUrls,
    submit: (action, nodes, site = compiledSite()) => submit(database, action, { nodes, site }),
    ended: (taskId) => untilEnded(database, taskId),
    addWorker,
    close: () => closers.close(),
  };
}

async function submit(
  { db }: OpenDatabase,
  action: TaskAction,
  design: { readonly nodes: readonly CompiledNode[]; readonly site: CompiledSite },
): Promise<string> {
  const hash = randomUUID();
  await storeSnapshot(db, { hash, format: 1, isValid: true, findings: [], ...design, secrets: [] });
  const id = randomUUID();
  await db.execute(sql`insert into task (id, action, design_ref, lane, status, created_by, request_context, snapshot_hash)
    values (${id}, ${action}, 'file:///design.yaml', 'default', 'queued', 'test', '{}', ${hash})`);
  return id;
}

const pollMilliseconds = 20;

async function untilEnded({ db }: OpenDatabase, taskId: string): Promise<EndedTask> {
  for (;;) {
    const [task] = await rows<EndedTask>(
      db,
      sql`select status, result_status as "resultStatus", successes, failures from task where id = ${taskId}`,
    );
    if (task && ['complete', 'terminated'].includes(task.status)) return task;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
