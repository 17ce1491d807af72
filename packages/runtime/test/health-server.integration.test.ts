import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Closers,
  type HealthChecks,
  type HealthServer,
  type MetricsSource,
  ProcessReadiness,
  startHealthServer,
} from '@drydock/runtime';

let server: HealthServer | undefined;
afterEach(() => server?.close());

interface Given {
  readonly checks?: HealthChecks;
  readonly metrics?: MetricsSource;
}

/** A health server of a process that serves, or does not yet. */
async function start({ checks = {}, metrics }: Given = {}) {
  const readiness = new ProcessReadiness(0.05);
  readiness.add(checks);
  server = await startHealthServer({ port: 0, readiness, metrics });
  const { url } = server;
  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) };
  };
  return { readiness, get, url };
}

async function startServing(given: Given = {}) {
  const started = await start(given);
  const closers = new Closers();
  started.readiness.serve(closers);
  return { ...started, closers };
}

const took = { milliseconds: expect.any(Number) };

const failing: HealthChecks = {
  database: () => 'polling, no LISTEN',
  queue: () => Promise.reject(new Error('refused')),
  disk: () => {
    throw new Error('full');
  },
  slow: () => new Promise(() => undefined),
};

describe('/readyz', () => {
  test('is 200 when every check passes, and says how long each took', async () => {
    const { get } = await startServing({ checks: { database: () => undefined } });
    expect(await get('/readyz')).toEqual({
      status: 200,
      body: { status: 'ok', checks: { process: { ok: true, ...took }, database: { ok: true, ...took } } },
    });
  });

  test('is 503 when one fails, throws or hangs, and says which', async () => {
    const { get } = await startServing({ checks: failing });
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: {
        status: 'failed',
        checks: {
          process: { ok: true, ...took },
          database: { ok: true, detail: 'polling, no LISTEN', ...took },
          queue: { ok: false, detail: 'refused', ...took },
          disk: { ok: false, detail: 'full', ...took },
          slow: { ok: false, detail: 'no answer within 0.05 s', ...took },
        },
      },
    });
  });

  test('is 503 while parts of the process are missing', async () => {
    const { get } = await start();
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: { checks: { process: { ok: false, detail: 'starting' } } },
    });
  });

  test('is 503 from the first moment of closing, and asks nobody any more', async () => {
    let asked = 0;
    const { get, closers } = await startServing({ checks: { database: () => void (asked += 1) } });
    await closers.close();
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: { status: 'failed', checks: { process: { ok: false, detail: 'stopping', milliseconds: 0 } } },
    });
    expect(asked).toBe(0);
  });

  test('shows what it does not need without failing for it', async () => {
    const { get, readiness } = await startServing();
    readiness.addRemark('queue', { check: () => Promise.reject(new Error('refused')), meaning: 'it comes later' });
    expect(await get('/readyz')).toMatchObject({
      status: 200,
      body: { checks: { queue: { ok: true, detail: 'refused; it comes later' } } },
    });
  });

  test('asks once at a time, however many probe', async () => {
    const asked: (() => void)[] = [];
    const { get } = await startServing({ checks: { slow: () => new Promise((answer) => asked.push(answer)) } });
    await Promise.all([get('/readyz'), get('/readyz'), get('/readyz')]);
    await get('/readyz');
    expect(asked).toHaveLength(1);
    for (const answer of asked) answer();
  });
});

test('/healthz is 200 as long as the process answers, whatever the checks say', async () => {
  const { get } = await start({ checks: failing });
  expect(await get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
});

describe('/metrics', () => {
  const metrics: MetricsSource = { expose: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }) };

  test('shows what the process measures', async () => {
    const { url } = await start({ metrics });
    const response = await fetch(`${url}/metrics?name[]=up`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4']);
    expect(await response.text()).toBe('up 1\n');
  });

  test('is 404 for a process that measures nothing', async () => {
    expect((await (await start()).get('/metrics')).status).toBe(404);
  });

  test('is 500 with the reason when it cannot', async () => {
    const { get } = await start({ metrics: { expose: () => Promise.reject(new Error('broken')) } });
    expect(await get('/metrics')).toEqual({ status: 500, body: { status: 'failed', detail: 'broken' } });
  });
});

test('nothing else is known, nor another method', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/constructor`)).status).toBe(404);
  expect((await fetch(`${url}/readyz`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
});

test('listens on loopback unless told otherwise', async () => {
  expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('listens where it is told to', async () => {
  server = await startHealthServer({ host: '127.3.2.1', port: 0, readiness: new ProcessReadiness() });
  expect(server.url).toMatch(/^http:\/\/127\.3\.2\.1:\d+$/);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
