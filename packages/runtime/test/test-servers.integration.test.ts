import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { provideDatabase } from '@drydock/runtime';
import { identifyProcess } from '../src/postgres/process-identity.js';
import {
  recordTestServers,
  removeAbandonedTestServers,
  testDirectoryPrefix,
} from '../src/test-servers/abandoned-test-servers.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

let scratch: ScratchDirectory;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
});
afterAll(() => scratch.remove());

test('a directory of a living test run is left alone', async () => {
  const below = scratch.fresh('below');
  const directory = join(below, `${testDirectoryPrefix}alive`);
  await mkdir(directory, { recursive: true });
  await recordTestServers(directory, []);
  expect(await removeAbandonedTestServers(below)).toBe(0);
  expect(existsSync(directory)).toBe(true);
});

test('the servers of a test run that was killed are ended and its directory is removed', async () => {
  const below = scratch.fresh('below');
  const directory = join(below, `${testDirectoryPrefix}dead`);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const idle = ['-e', 'setTimeout(() => undefined, 60_000)'];
  const owner = spawn(process.execPath, idle);
  const redis = spawn(process.execPath, idle, { detached: true });
  const database = await provideDatabase({ dataDirectory: join(directory, 'data'), durable: false });
  await recordTestServers(directory, [redis.pid ?? 0], owner.pid);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const redisEnded = once(redis, 'exit');
  expect(await removeAbandonedTestServers(below)).toBe(1);
  await redisEnded;
  expect(existsSync(directory)).toBe(false);
  expect(identifyProcess(redis.pid ?? 0)).toBeUndefined();
  await database.close();
});
