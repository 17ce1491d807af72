import { afterEach, expect, test } from '@jest/globals';
import { type HealthChecks, type HealthServer, startHealthServer } from '@drydock/runtime';

let server: HealthServer | undefined;
afterEach(() => server?.close());

async function get(path: string, checks: HealthChecks): Promise<{ status: number; body: unknown }> {
  server = await startHealthServer({ port: 0, checks, checkTimeoutSeconds: 0.05 });
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, body: await response.json() };
}

const failing: HealthChecks = {
  database: () => 'polling, no LISTEN',
  queue: () => Promise.reject(new Error('refused')),
  disk: () => {
    throw new Error('full');
  },
  slow: () => new Promise(() => undefined),
};

test('ready when every check passes', async () => {
  expect(await get('/readyz', { database: () => undefined })).toEqual({
    status: 200,
    body: { status: 'ok', checks: { database: { ok: true } } },
  });
});

test('not ready when one fails, throws or hangs, and says which', async () => {
  expect(await get('/readyz', failing)).toEqual({
    status: 503,
    body: {
      status: 'failed',
      checks: {
        database: { ok: true, detail: 'polling, no LISTEN' },
        queue: { ok: false, detail: 'refused' },
        disk: { ok: false, detail: 'full' },
        slow: { ok: false, detail: 'no answer within 0.05 s' },
      },
    },
  });
});

test('healthy as long as the process answers, whatever the checks say', async () => {
  expect((await get('/healthz', failing)).status).toBe(200);
});

test('knows no other path', async () => {
  expect((await get('/metrics', {})).status).toBe(404);
});

test('listens on loopback unless told otherwise', async () => {
  server = await startHealthServer({ port: 0, checks: {} });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('listens where it is told to', async () => {
  server = await startHealthServer({ host: '127.3.2.1', port: 0, checks: {} });
  expect(server.url).toMatch(/^http:\/\/127\.3\.2\.1:\d+$/);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
