import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { createTestDatabase, type TestDatabase } from '@drydock/testkit';
import { readApiConfig } from '../src/config.js';
import { type RunningApi, startApi } from '../src/wire.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

let running: RunningApi | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const redisUrl = process.env['DRYDOCK_TEST_REDIS_URL'];
const backends: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['Postgres', {}],
  ...(redisUrl === undefined ? [] : [['Redis', { REDIS_URL: redisUrl }] as const]),
];

describe.each(backends)('the whole API with its queue on %s', (_, env) => {
  const start = async (): Promise<RunningApi> =>
    (running = await startApi(readApiConfig({ DATABASE_URL: database.url, DRYDOCK_API_PORT: '0', ...env }), silentLog));

  test('rings the lane of a task with a small job that Bull Board shows', async () => {
    const { url } = await start();
    const created = await fetch(`${url}/api/v1.0/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'verify_site', design_ref: 'http://foo.example' }),
    });
    const { task_id: id } = (await created.json()) as { task_id: string };
    const board = await fetch(`${url}/admin/queues/api/queues?activeQueue=tasks-default&status=waiting&page=1`);
    const shown = (await board.json()) as { queues: { name: string; readOnlyMode: boolean; jobs: object[] }[] };
    const lane = shown.queues.find(({ name }) => name === 'tasks-default');
    expect(shown.queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ['tasks-default', true],
      ['steps', true],
    ]);
    expect(lane?.jobs).toContainEqual(
      expect.objectContaining({ id: `${id}-1`, name: 'verify_site', data: { format: 1, lane: 'default' } }),
    );
  });

  test('serves the pages of Bull Board, and lets nobody write there', async () => {
    const { url } = await start();
    const page = await fetch(`${url}/admin/queues`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const asset = /src="(static\/js\/main[^"]+)"/.exec(await page.text())?.[1];
    expect((await fetch(`${url}/admin/queues/${asset}`)).status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self';style-src 'self'/);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const refused = await fetch(`${url}/admin/queues/api/queues/tasks-default/pause`, { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
      expect(await refused.json()).toMatchObject({ type: 'error', retry: false });
    }
  });
});

describe('a reference that can never work', () => {
  const cases: readonly (readonly [what: string, reference: string, message: RegExp])[] = [
    ['an unknown scheme', 'ftp://host/site.yaml', /scheme ftp: .* not supported/],
    ['a file outside the roots', 'file:///etc/passwd', /is not below a directory that designs may be read from/],
    ['an address of this machine', 'http://127.0.0.1:1/site.yaml', /no address that designs may be fetched from/],
  ];

  test.each(cases)(
    '%s is refused and no task is made, unless the action reads no design',
    async (_, reference, message) => {
      running = await startApi(readApiConfig({ DATABASE_URL: database.url, DRYDOCK_API_PORT: '0' }), silentLog);
      const { url } = running;
      const submit = (action: string): Promise<Response> =>
        fetch(`${url}/api/v1.0/tasks`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ action, design_ref: reference }),
        });
      const refused = await submit('deploy_nodes');
      expect(refused.status).toBe(400);
      expect(await refused.json()).toEqual({ type: 'error', message: expect.stringMatching(message), retry: false });
      expect((await submit('verify_site')).status).toBe(201);
    },
  );
});

test('nothing that is served says what it is made with', async () => {
  running = await startApi(readApiConfig({ DATABASE_URL: database.url, DRYDOCK_API_PORT: '0' }), silentLog);
  for (const path of ['/versions', '/nowhere', '/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/x']) {
    expect((await fetch(`${running.url}${path}`)).headers.get('x-powered-by')).toBeNull();
  }
});

describe('the configuration', () => {
  const enough = { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1/x' };

  test('has defaults for everything but the database', () => {
    expect(readApiConfig(enough)).toMatchObject({
      host: '127.0.0.1',
      port: 9000,
      lanes: ['default'],
      nodeDriver: 'none',
    });
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('may listen on %s without authentication', (host) => {
    expect(readApiConfig({ ...enough, DRYDOCK_API_HOST: host }).host).toBe(host);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['all addresses', { DRYDOCK_API_HOST: '0.0.0.0' }, /DRYDOCK_API_HOST is not a loopback address/],
    ['all IPv6 addresses', { DRYDOCK_API_HOST: '::' }, /DRYDOCK_API_HOST is not a loopback address/],
    ['an address of the network', { DRYDOCK_API_HOST: '10.0.0.1' }, /DRYDOCK_API_HOST is not/],
    ['a name', { DRYDOCK_API_HOST: '127.evil.example' }, /DRYDOCK_API_HOST is not/],
    ['a port that is none', { DRYDOCK_API_PORT: '99999' }, /DRYDOCK_API_PORT/],
    ['lanes that are none', { DRYDOCK_LANES: 'a b' }, /DRYDOCK_LANES must be lane names/],
    ['a public URL without scheme', { DRYDOCK_PUBLIC_URL: 'host:9000' }, /DRYDOCK_PUBLIC_URL must be/],
    ['an unknown driver', { DRYDOCK_NODE_DRIVER: 'ironic' }, /DRYDOCK_NODE_DRIVER/],
    ['MAAS without address', { DRYDOCK_NODE_DRIVER: 'maas' }, /MAAS_URL.*MAAS_API_KEY/],
  ])('refuses %s and names it', (_, env, message) => {
    const read = () => readApiConfig({ ...enough, ...env });
    expect(read).toThrow(message);
    expect(read).not.toThrow(/hunter2/);
  });
});

test('a database without our schema is refused with what to do', async () => {
  const url = new URL(database.url);
  url.pathname = '/postgres';
  const config = readApiConfig({ DATABASE_URL: url.href, DRYDOCK_API_PORT: '0' });
  await expect(startApi(config, silentLog)).rejects.toMatchObject({
    code: 'schema_unknown',
    message: expect.stringContaining('drydock db migrate'),
  });
});
