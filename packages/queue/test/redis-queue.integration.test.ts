import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openQueueBackend } from '@drydock/queue';
import { Redis } from 'ioredis';
import { JobRecorder } from './job-recorder.js';
import { silentLog } from './queue-world.js';
import { runConformance } from './run-conformance.js';

/** A database of this file alone: it is flushed, and its clients are killed. */
const databaseNumber = 9;
const serverUrl = process.env['DRYDOCK_TEST_REDIS_URL'];

if (serverUrl) {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseNumber}`;
  runRedisTests(url.href);
} else {
  const reason = 'SKIPPED: BullMQ on Redis: DRYDOCK_TEST_REDIS_URL is not set (redis-server is not on PATH)';
  process.stderr.write(`${reason}\n`);
  test(reason, () => {
    expect(process.env['CI']).toBeFalsy();
  });
}

function runRedisTests(redisUrl: string): void {
  let admin: Redis;
  beforeAll(() => {
    admin = new Redis(redisUrl);
  });
  afterAll(async () => {
    await admin.flushdb();
    admin.disconnect();
  });

  const clientIds = async (): Promise<string[]> => {
    const own = String(await admin.client('ID'));
    const list = String(await admin.client('LIST'));
    const ids = list
      .split('\n')
      .filter((line) => line.includes(` db=${databaseNumber} `))
      .flatMap((line) => /^id=(\d+)/.exec(line)?.[1] ?? []);
    return ids.filter((id) => id !== own);
  };

  runConformance('Redis', (opened) => ({
    holderEnvironment: { HOLDER_REDIS_URL: redisUrl },
    open: async () => {
      const backend = await openQueueBackend({ redisUrl, log: silentLog });
      opened.push(backend);
      return backend;
    },
    loseAllJobs: async () => {
      await admin.flushdb();
    },
    cutConnections: async () => {
      const ids = await clientIds();
      for (const id of ids) await admin.call('CLIENT', 'KILL', 'ID', id);
      return ids.length;
    },
    countConnections: async () => (await clientIds()).length,
  }));

  describe('a Redis that cannot be trusted with jobs', () => {
    test('does not keep a process from closing when it is gone', async () => {
      const port = await freePort();
      const server = spawn('redis-server', ['--port', `${port}`, '--save', '']);
      await readyToAccept(server.stdout);
      const backend = await openQueueBackend({ redisUrl: `redis://127.0.0.1:${port}`, log: silentLog });
      const recorder = new JobRecorder();
      await backend.consume(
        'steps',
        recorder.options(1, () => new Promise(() => undefined)),
      );
      await backend.ring('steps', [{ id: 'step-1', name: 'deploy_node', data: {} }]);
      await recorder.began(1);
      server.kill('SIGKILL');
      await once(server, 'exit');
      await expect(backend.ring('steps', [{ id: 'step-2', name: 'deploy_node', data: {} }])).rejects.toThrow();
      await backend.close();
    });

    test('is refused when it may evict', async () => {
      const port = await freePort();
      const server = spawn('redis-server', ['--port', `${port}`, '--save', '', '--maxmemory-policy', 'allkeys-lru']);
      await readyToAccept(server.stdout);
      const opening = openQueueBackend({ redisUrl: `redis://127.0.0.1:${port}`, log: silentLog });
      await expect(opening).rejects.toMatchObject({
        code: 'queue_refused',
        message: expect.stringContaining('allkeys-lru') as unknown,
      });
      server.kill('SIGKILL');
      await once(server, 'exit');
    });

    test('is reported when it does not answer, without its password', async () => {
      const opening = openQueueBackend({ redisUrl: `redis://:secret@127.0.0.1:${await freePort()}`, log: silentLog });
      const error: unknown = await opening.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'queue_unavailable' });
      expect(String(error)).not.toContain('secret');
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function readyToAccept(output: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  for await (const chunk of output) {
    said += String(chunk);
    if (said.includes('Ready to accept connections')) return;
  }
  throw new Error(`redis-server ended: ${said}`);
}
