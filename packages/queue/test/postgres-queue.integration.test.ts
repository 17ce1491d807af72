import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openQueueBackend, type QueueBackend } from '@drydock/queue';
import { createTestDatabase, type TestDatabase } from '@drydock/testkit';
import { PostgresQueueBackend } from 'bullmq';
import { Client } from 'pg';
import { eventually } from './eventually.js';
import { Gate, JobRecorder } from './job-recorder.js';
import { silentLog } from './queue-world.js';
import { runConformance } from './run-conformance.js';

let database: TestDatabase;
let admin: Client;
const othersOf = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new Client({ connectionString: database.url });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await database.close();
});

async function openBackend(): Promise<QueueBackend> {
  return openQueueBackend({ databaseUrl: database.url, log: silentLog });
}

async function countConnections(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(`select count(*)::int as count ${othersOf}`);
  return rows[0]?.count ?? 0;
}

test('several processes that start at once migrate the schema once', async () => {
  const backends = await Promise.all([openBackend(), openBackend(), openBackend(), openBackend()]);
  await Promise.all(backends.map((backend) => backend.ping()));
  await Promise.all(backends.map((backend) => backend.close()));
  const { rows } = await admin.query('select count(*)::int as count from bullmq.migration');
  expect(rows).toEqual([{ count: 11 }]);
});

test('uses at most five connections, with four consumers under load', async () => {
  const backend = await openBackend();
  const recorder = new JobRecorder();
  const queues = ['many-a', 'many-b', 'many-c', 'many-d'];
  for (const queue of queues) await backend.consume(queue, recorder.options(5));
  const rings = Array.from({ length: 50 }, (_, index) => ({ id: `step-${index}`, name: 'x', data: {} }));
  await Promise.all(queues.map((queue) => backend.ring(queue, rings)));
  await recorder.ended(200);
  expect(await countConnections()).toBeLessThanOrEqual(5);
  await backend.close();
});

test('an idle consumer beside a closed lane asks less and less often', async () => {
  const backend = await openBackend();
  await backend.setGlobalConcurrency('tasks-paced', 1);
  const recorder = new JobRecorder();
  const gate = new Gate();
  await backend.consume(
    'tasks-paced',
    recorder.options(1, () => gate.opened),
  );
  await backend.ring('tasks-paced', [{ id: 'run-1', name: 'x', data: {} }]);
  await recorder.began(1);
  await backend.ring('tasks-paced', [{ id: 'run-2', name: 'x', data: {} }]);
  const spy = jest.spyOn(PostgresQueueBackend.prototype, 'moveToActive');
  const startedAt = performance.now();
  const idle = await backend.consume('tasks-paced', recorder.options());
  await eventually(async () => spy.mock.calls.length >= 10);
  spy.mockRestore();
  // 20 + 40 + 80 + 160 ms of pauses; without them ten questions take some ten milliseconds.
  expect(performance.now() - startedAt).toBeGreaterThan(290);
  gate.open();
  await recorder.ended(2);
  await idle.close(0);
  await backend.close();
});

runConformance('Postgres', (opened) => ({
  holderEnvironment: { HOLDER_DATABASE_URL: database.url },
  open: async () => {
    const backend = await openBackend();
    opened.push(backend);
    return backend;
  },
  loseAllJobs: async () => {
    // One statement a table, each committed by itself: it waits for nobody while it holds what others wait for.
    await admin.query('delete from bullmq.job');
    await admin.query('delete from bullmq.meta');
  },
  cutConnections: async () => {
    const { rows } = await admin.query(`select pg_terminate_backend(pid) ${othersOf}`);
    return rows.length;
  },
  countConnections,
}));
