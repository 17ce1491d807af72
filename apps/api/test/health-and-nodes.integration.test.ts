import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildData, holder, openDatabase } from '@drydock/model/db';
import { startTestApi, type TestApi } from './test-api.js';

const api1 = '/api/v1.0';
const deadDatabase = openDatabase({
  connectionString: 'postgres://nobody:hunter2@127.0.0.1:1/none',
  applicationName: 'test',
  maxConnections: 1,
  onError: () => undefined,
});

const machine = {
  hostname: 'n01',
  memory: 4096,
  cpu_count: 2,
  status_name: 'Ready',
  boot_mac: '52:54:00:00:00:01',
  power_state: 'on',
  power_address: null,
  boot_ip: '10.0.0.5',
};

let api: TestApi;
let lonely: TestApi;
beforeAll(async () => {
  api = await startTestApi({ inventory: { listNodes: async () => [machine] } });
  lonely = await startTestApi({ db: deadDatabase.db, pingQueue: () => Promise.reject(new Error('no Redis')) });
});
afterAll(async () => {
  await api.close();
  await lonely.close();
  await deadDatabase.close();
});

const healthy = {
  kind: 'Status',
  apiVersion: 'v1.0',
  metadata: {},
  status: 'Success',
  message: '',
  reason: 'HealthCheck',
  details: { errorCount: 0, messageList: [] },
  code: 200,
};

describe('health', () => {
  test('is 204 without a body when the database answers', async () => {
    const answer = await api.get(`${api1}/health`);
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null]);
  });

  test('is 503 of a process that was told to stop, so that a balancer asks another one', async () => {
    const stopping = await startTestApi({ stopping: AbortSignal.abort() });
    expect((await stopping.get(`${api1}/health`)).status).toBe(503);
    const { body } = await stopping.get(`${api1}/health/extended`);
    expect(body.details.messageList).toContainEqual(
      expect.objectContaining({ message: 'This process stops; another one answers' }),
    );
    await stopping.close();
  });

  test('extended: names what does not live, and is 200 when all does', async () => {
    const before = await api.get(`${api1}/health/extended`);
    expect(before).toMatchObject({ status: 503, body: { status: 'Failure', code: 503, details: { errorCount: 2 } } });
    expect(before.body.details.messageList).toEqual([
      { message: expect.stringMatching(/^No scheduler is alive/), error: true, kind: 'SimpleMessage' },
      { message: expect.stringMatching(/^No worker is alive/), error: true, kind: 'SimpleMessage' },
    ]);
    const living = (process: 'scheduler' | 'worker') => ({
      id: randomUUID(),
      process,
      host: 'h',
      pid: 1,
      slots: 4,
      expiresAt: '2999-01-01 00:00:00+00',
    });
    await api.db.insert(holder).values([living('scheduler'), living('worker')]);
    expect(await api.get(`${api1}/health/extended`)).toMatchObject({ status: 200, body: healthy });
  });

  test('is 503 without a body when the database is away', async () => {
    const answer = await lonely.get(`${api1}/health`);
    expect([answer.status, answer.text]).toEqual([503, '']);
    const { body } = await lonely.get(`${api1}/health/extended`);
    expect(body.details.messageList.map((one: { message: string }) => one.message)).toEqual([
      'Unable to connect to database',
      'Unable to connect to the queue',
    ]);
  });
});

describe('without a database', () => {
  const id = '6a0f0000-0000-4000-8000-0000000000ff';
  test.each(['/tasks', `/tasks/${id}`, `/tasks/${id}/builddata`, '/nodes/n01/builddata'])(
    'GET %s is 503, never empty or 404',
    async (path) => {
      const answer = await lonely.get(`${api1}${path}`);
      expect(answer).toMatchObject({ status: 503, body: { type: 'error', retry: true } });
      expect(answer.text).not.toMatch(/hunter2|ECONNREFUSED/);
    },
  );

  test('POST is 503', async () => {
    const answer = await lonely.post(`${api1}/tasks`, { action: 'verify_site', design_ref: 'http://x.example' });
    expect(answer).toMatchObject({ status: 503, body: { retry: true } });
  });
});

describe('nodes', () => {
  test('are what the provisioner says, in the eight members of the reference', async () => {
    expect((await api.get(`${api1}/nodes/`)).body).toEqual([machine]);
  });

  test('without a driver are 503 with the setting to change', async () => {
    const answer = await lonely.get(`${api1}/nodes`);
    expect(answer).toMatchObject({ status: 503, body: { message: expect.stringContaining('DRYDOCK_NODE_DRIVER') } });
  });

  test('have all their build data, or the newest of each generator', async () => {
    const datum = { nodeName: 'foo', taskId: randomUUID(), stepId: randomUUID(), dataFormat: 'text/plain' };
    await api.db.insert(buildData).values([
      { ...datum, generator: 'hello', dataElement: 'old', collectedAt: '2026-01-01 00:00:00+00' },
      { ...datum, generator: 'hello', dataElement: 'new', collectedAt: '2026-01-03 00:00:00+00' },
      { ...datum, generator: 'bye', dataElement: 'only', collectedAt: '2026-01-02 00:00:00+00' },
    ]);
    const elements = async (query: string): Promise<readonly string[]> =>
      (await api.get(`${api1}/nodes/foo/builddata${query}`)).body.map(
        (one: { data_element: string }) => one.data_element,
      );
    expect(await elements('')).toEqual(['old', 'only', 'new']);
    expect(await elements('?latest=false')).toHaveLength(3);
    expect(await elements('?latest=True')).toEqual(['only', 'new']);
  });
});

describe('every answer', () => {
  test('the versions are exactly these', async () => {
    expect((await api.get('/versions/')).text).toBe('{"v1.0":{"path":"/api/v1.0","status":"stable"}}');
  });

  test('OPTIONS names the methods', async () => {
    const answer = await api.get(`${api1}/tasks`, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([200, 'GET, HEAD, OPTIONS, POST']);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const answer = await api.get('/versions', { method: 'HEAD' });
    expect([answer.status, answer.text, answer.headers.get('content-length')]).toEqual([200, '', '47']);
  });

  test('has an id of its own, and nothing about the software', async () => {
    const [one, other] = [await api.get('/versions'), await api.get('/versions')];
    expect(one.headers.get('x-drydock-req')).not.toBe(other.headers.get('x-drydock-req'));
    expect(one.headers.has('x-powered-by')).toBe(false);
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
