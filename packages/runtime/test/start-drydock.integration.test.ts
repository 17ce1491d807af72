import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretKeyFile, silentLog, startDrydock } from '@drydock/runtime';
import { identifyProcess } from '../src/postgres/process-identity.js';
import { askDatabase } from './ask-database.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

/** Stands for an app: ready at once, and shows its environment on every path. */
const appSource = `
import { createServer } from 'node:http';
const port = process.env.DRYDOCK_API_PORT ?? process.env.DRYDOCK_SCHEDULER_HEALTH_PORT ?? process.env.DRYDOCK_WORKER_HEALTH_PORT;
createServer((request, response) => response.end(JSON.stringify(process.env))).listen(Number(port), process.env.DRYDOCK_API_HOST ?? process.env.DRYDOCK_HEALTH_HOST ?? '127.0.0.1');
`;

let scratch: ScratchDirectory;
let projectRoot: string;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
  projectRoot = scratch.fresh('project');
  for (const app of ['api', 'scheduler', 'worker']) {
    const directory = join(projectRoot, 'apps', app, 'src');
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'main.ts'), appSource);
  }
});
afterAll(() => scratch.remove());

test('starts a migrated database and every app as a process, and leaves nothing behind', async () => {
  const dataDirectory = scratch.fresh('data');
  const env = {
    PATH: process.env['PATH'],
    DRYDOCK_DATA_DIR: dataDirectory,
    DRYDOCK_API_PORT: '0',
    // Where the workers and the scheduler are asked whether they are ready.
    DRYDOCK_HEALTH_HOST: '127.3.2.1',
    MAAS_URL: 'http://m',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o',
  };
  const running = await startDrydock({ env, projectRoot, log: silentLog, durable: false });
  const given = (await (await fetch(running.apiUrl)).json()) as Record<string, string>;
  expect(given).toMatchObject({
    MAAS_URL: 'http://m',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://o',
    DRYDOCK_DATA_DIR: dataDirectory,
    DRYDOCK_HEALTH_HOST: '127.3.2.1',
    DRYDOCK_API_DRAIN_SECONDS: '0',
  });
  expect([given['DRYDOCK_WORKER_HEALTH_PORT'], Number(given['DRYDOCK_API_HEALTH_PORT']) > 0]).toEqual([
    undefined,
    true,
  ]);
  const migrations = await askDatabase(
    given['DATABASE_URL'] ?? '',
    'select count(*)::int from drizzle.__drizzle_migrations',
  );
  expect(migrations).toBeGreaterThan(0);
  expect((await stat(given['DRYDOCK_SECRET_KEY_FILE'] ?? '')).mode & 0o777).toBe(0o600);
  expect((await readSecretKeyFile(given['DRYDOCK_SECRET_KEY_FILE'] ?? '')).reveal()).toHaveLength(32);
  const pids = [...running.processes.byName.values()].map((one) => one.pid ?? 0);
  expect([...running.processes.byName.keys()]).toEqual(['api', 'scheduler', 'worker-1', 'worker-2']);
  await running.stop();
  expect(pids.filter((pid) => identifyProcess(pid) !== undefined)).toEqual([]);
  expect(existsSync(join(dataDirectory, 'postgres/cluster/postmaster.pid'))).toBe(false);
});

test('the key of the secrets is made once', async () => {
  const dataDirectory = scratch.fresh('data');
  const env = {
    PATH: process.env['PATH'],
    DRYDOCK_DATA_DIR: dataDirectory,
    DRYDOCK_API_PORT: '0',
    DRYDOCK_WORKERS: '1',
  };
  const keys: string[] = [];
  for (const _ of ['first start', 'second start']) {
    const running = await startDrydock({ env, projectRoot, log: silentLog, durable: false });
    await running.stop();
    keys.push(await readFile(join(dataDirectory, 'secret-key'), 'utf8'));
  }
  expect(keys[0]).toBe(keys[1]);
});

test('an app that does not start takes everything down again, and the error names it', async () => {
  const dataDirectory = scratch.fresh('data');
  const env = { PATH: process.env['PATH'], DRYDOCK_DATA_DIR: dataDirectory, DRYDOCK_API_PORT: '0' };
  const broken = scratch.fresh('broken');
  await expect(startDrydock({ env, projectRoot: broken, log: silentLog, durable: false })).rejects.toMatchObject({
    code: 'process_start_failed',
    message: expect.stringMatching(/^the process api ended before it was ready/),
  });
  expect(existsSync(join(dataDirectory, 'postgres/cluster/postmaster.pid'))).toBe(false);
});
