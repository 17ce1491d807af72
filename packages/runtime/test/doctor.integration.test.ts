import { expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { type DoctorOptions, renderDoctor, runDoctor } from '@drydock/runtime';

const testDatabaseUrl = process.env['DRYDOCK_TEST_DATABASE_URL'] ?? '';
const nothing = { embedded: null, system: { searchPath: '', versionedRoots: [] } };

function options(env: DoctorOptions['env'], more: Partial<DoctorOptions> = {}): DoctorOptions {
  return { env, projectRoot: '/p/drydock', nodeVersion: '20.19.0', uid: 1000, ...more };
}

async function find(name: string, given: DoctorOptions) {
  return (await runDoctor(given)).findings.find((one) => one.name === name);
}

test.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.3', 'failed'],
  ['18.20.0', 'failed'],
])('node %s is %s', async (nodeVersion, status) => {
  expect(await find('node', options({ DATABASE_URL: testDatabaseUrl }, { nodeVersion }))).toMatchObject({ status });
});

test('a given database is asked for its version and whether LISTEN works', async () => {
  const { findings } = await runDoctor(options({ DATABASE_URL: testDatabaseUrl }));
  expect(findings).toContainEqual({
    name: 'database',
    status: 'ok',
    found: expect.stringMatching(/^PostgreSQL 18.*because DATABASE_URL is set$/),
  });
  expect(findings).toContainEqual({ name: 'listen', status: 'ok', found: 'possible' });
});

test('a given database that does not answer fails, without its password', async () => {
  const report = await runDoctor(options({ DATABASE_URL: 'postgresql://drydock:hunter2@127.0.0.1:1/x' }));
  expect(report.status).toBe('failed');
  expect(renderDoctor(report)).toContain('127.0.0.1:1/x does not answer');
  expect(renderDoctor(report)).not.toContain('hunter2');
});

test('without DATABASE_URL the embedded server is chosen, and why', async () => {
  const found = await find('database', options({}, { uid: process.getuid?.() }));
  expect(found).toMatchObject({
    status: 'ok',
    found: expect.stringMatching(/^embedded PostgreSQL 18.*DATABASE_URL is not set/),
  });
});

test('without any Postgres it fails, names where it looked and says what to do', async () => {
  const found = await find('database', options({}, { search: nothing }));
  expect(found).toMatchObject({
    status: 'failed',
    found: expect.stringMatching(/embedded .*not installed.*system .*no postgres and initdb/),
    action: expect.stringContaining('apt-get install postgresql'),
  });
});

test.each([
  ["no REDIS_URL: BullMQ's Postgres backend", {}, undefined, 'ok'],
  ['a Redis that keeps everything', { REDIS_URL: 'redis://r' }, () => Promise.resolve('noeviction'), 'ok'],
  ['a Redis that evicts', { REDIS_URL: 'redis://r' }, () => Promise.resolve('allkeys-lru'), 'failed'],
  ['a Redis that does not answer', { REDIS_URL: 'redis://r' }, () => Promise.reject(new Error('refused')), 'failed'],
  ['a Redis that nobody asked', { REDIS_URL: 'redis://r' }, undefined, 'warning'],
])('the queue with %s', async (_, env, readEvictionPolicy, status) => {
  const given = options({ DATABASE_URL: testDatabaseUrl, ...env }, readEvictionPolicy ? { readEvictionPolicy } : {});
  expect(await find('queue', given)).toMatchObject({ status });
});

test('a port that the user asked for and that is taken fails; one that is no port too', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const at = (value: string) => find('api port', options({ DATABASE_URL: testDatabaseUrl, DRYDOCK_API_PORT: value }));
  expect(await at(port)).toMatchObject({ status: 'failed', found: `${port} is taken` });
  expect(await at('many')).toMatchObject({ status: 'failed' });
  await new Promise((resolve) => server.close(resolve));
});
