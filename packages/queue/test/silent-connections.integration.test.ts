import { afterEach, describe, expect, test } from '@jest/globals';
import { openQueueBackend, type QueueBackend, type QueueBackendConfig } from '@drydock/queue';
import { createTestDatabase, endpointOf, TcpProxy } from '@drydock/testkit';
import { eventually } from './eventually.js';
import { JobRecorder } from './job-recorder.js';
import { silentLog } from './queue-world.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

interface Way {
  readonly proxy: TcpProxy;
  readonly config: Omit<QueueBackendConfig, 'log'>;
}

async function wayToPostgres(): Promise<Way> {
  const database = await createTestDatabase();
  opened.push(database);
  const proxy = await TcpProxy.start({ target: endpointOf(database.url) });
  opened.push(proxy);
  return { proxy, config: { databaseUrl: proxy.through(database.url) } };
}

const redisUrl = process.env['DRYDOCK_TEST_REDIS_URL'];

async function wayToRedis(): Promise<Way> {
  const proxy = await TcpProxy.start({ target: endpointOf(redisUrl ?? '') });
  opened.push(proxy);
  // A database of this file alone.
  return { proxy, config: { redisUrl: `${proxy.through(redisUrl ?? '').replace(/\/$/, '')}/8` } };
}

const backends = [
  { name: 'Postgres', way: wayToPostgres },
  ...(redisUrl === undefined ? [] : [{ name: 'Redis', way: wayToRedis }]),
];

/** Rings until somebody takes it, as the sweeps do, each time with an id of its own. */
async function ringUntilTaken(backend: QueueBackend, recorder: JobRecorder, name: string): Promise<void> {
  let ring = 0;
  await eventually(async () => {
    const id = `${name}-${(ring += 1)}`;
    await backend.ring('steps', [{ id, name: 'x', data: {} }]).catch(() => undefined);
    return recorder.ids.some((taken) => taken.startsWith(name));
  });
}

describe.each(backends)('a queue on $name whose connections have gone silent', ({ way }) => {
  test.each([
    ['for ever, because a router has forgotten them, makes new ones', (proxy: TcpProxy) => proxy.abandon()],
    ['because no answer comes back, goes on when they do', (proxy: TcpProxy) => proxy.freeze('toClient')],
  ])(
    '%s',
    async (_, blow) => {
      const { proxy, config } = await way();
      const backend = await openQueueBackend({ ...config, log: silentLog });
      opened.push(backend);
      const recorder = new JobRecorder();
      await backend.consume('steps', recorder.options(2));
      await ringUntilTaken(backend, recorder, 'before');
      blow(proxy);
      const refused = await backend.ring('steps', [{ id: 'meanwhile', name: 'x', data: {} }]).catch(String);
      expect(refused).toEqual(expect.any(String));
      await proxy.pass();
      await ringUntilTaken(backend, recorder, 'after');
      expect(recorder.ids.filter((id) => id.startsWith('after')).length).toBeGreaterThan(0);
    },
    60_000,
  );
});
