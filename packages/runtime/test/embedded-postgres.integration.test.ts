import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProvidedDatabase, provideDatabase } from '@drydock/runtime';
import { askDatabase } from './ask-database.js';
import { holdDatabase } from './database-holder.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

let scratch: ScratchDirectory;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
});
afterAll(() => scratch.remove());

const home = (dataDirectory: string): string => join(dataDirectory, 'postgres');
const postmasterFile = (dataDirectory: string): string => join(home(dataDirectory), 'cluster', 'postmaster.pid');
const postmasterPid = async (dataDirectory: string): Promise<number> =>
  Number((await readFile(postmasterFile(dataDirectory), 'utf8')).split('\n')[0]);

describe('a running server', () => {
  let database: ProvidedDatabase;
  let dataDirectory: string;
  beforeAll(async () => {
    dataDirectory = scratch.fresh('running');
    database = await provideDatabase({ dataDirectory });
  });
  afterAll(() => database.close());

  test.each([
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    ['full_page_writes', 'on'],
    ['max_connections', '300'],
    ['shared_buffers', '64MB'],
    ['listen_addresses', '127.0.0.1'],
    ['unix_socket_directories', ''],
    ['server_encoding', 'UTF8'],
    ['timezone', 'UTC'],
  ])('has %s = %s', async (name, value) => {
    expect(await askDatabase(database.url, `show ${name}`)).toBe(value);
  });

  test('keeps its password in a file that only its owner can read', async () => {
    const { mode } = await stat(join(home(dataDirectory), 'password'));
    expect(mode & 0o777).toBe(0o600);
    expect(new URL(database.url).password).toBe((await readFile(join(home(dataDirectory), 'password'), 'utf8')).trim());
  });

  test('refuses another password', async () => {
    const wrong = new URL(database.url);
    wrong.password = 'guess';
    await expect(askDatabase(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  test('is described without its password', () => {
    expect(database.describe()).toContain('embedded PostgreSQL 18');
    expect(database.describe()).not.toContain(new URL(database.url).password);
  });

  test('is shared by a second start, whose close leaves it running', async () => {
    const second = await provideDatabase({ dataDirectory });
    expect(second.url).toBe(database.url);
    await second.close();
    expect(await askDatabase(database.url, 'select 1')).toBe(1);
  });

  test('is not handed to somebody who wants other settings', async () => {
    await expect(provideDatabase({ dataDirectory, settings: { work_mem: '8MB' } })).rejects.toMatchObject({
      code: 'data_directory_in_use',
      message: expect.stringContaining('DRYDOCK_DATA_DIR'),
    });
  });
});

test('what was committed is there after a stop and a start', async () => {
  const dataDirectory = scratch.fresh('kept');
  const mark = randomUUID();
  const first = await provideDatabase({ dataDirectory });
  await askDatabase(first.url, `create table kept as select '${mark}' as mark`);
  await first.close();
  expect(existsSync(postmasterFile(dataDirectory))).toBe(false);
  const second = await provideDatabase({ dataDirectory });
  expect(await askDatabase(second.url, 'select mark from kept')).toBe(mark);
  await second.close();
});

test('a server is never taken for an orphan because its owner left no file yet', async () => {
  const dataDirectory = scratch.fresh('first-moment');
  const first = await provideDatabase({ dataDirectory });
  const pid = await postmasterPid(dataDirectory);
  await rm(join(home(dataDirectory), 'owner.json'), { force: true });
  const second = await provideDatabase({ dataDirectory });
  expect(second.describe()).toContain('shared');
  expect(await postmasterPid(dataDirectory)).toBe(pid);
  await second.close();
  await first.close();
});

test('two starts at once make one server', async () => {
  const dataDirectory = scratch.fresh('race');
  const both = await Promise.all([provideDatabase({ dataDirectory }), provideDatabase({ dataDirectory })]);
  expect(both[0].url).toBe(both[1].url);
  expect(await askDatabase(both[0].url, 'select 1')).toBe(1);
  await Promise.all(both.map((one) => one.close()));
  expect(existsSync(postmasterFile(dataDirectory))).toBe(false);
});

test('settings of the caller are used, and commits are not durable only when asked so', async () => {
  const database = await provideDatabase({
    dataDirectory: scratch.fresh('settings'),
    durable: false,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  });
  await askDatabase(database.url, 'create extension pg_stat_statements');
  expect(await askDatabase(database.url, 'select count(*) >= 0 from pg_stat_statements')).toBe(true);
  expect(await askDatabase(database.url, 'show synchronous_commit')).toBe('off');
  await database.close();
});

test('the server of a killed process is adopted by the next start, and stopped by it', async () => {
  const dataDirectory = scratch.fresh('orphan');
  const holder = await holdDatabase(dataDirectory);
  await askDatabase(holder.url, 'create table survived()');
  const pid = await postmasterPid(dataDirectory);
  await holder.end('SIGKILL');
  const next = await provideDatabase({ dataDirectory });
  expect(next.url).toBe(holder.url);
  expect(next.describe()).toContain('adopted');
  expect(await postmasterPid(dataDirectory)).toBe(pid);
  expect(await askDatabase(next.url, `select to_regclass('survived') is not null`)).toBe(true);
  await next.close();
  expect(existsSync(postmasterFile(dataDirectory))).toBe(false);
});

test('the server of a killed process that has other settings is restarted with ours', async () => {
  const dataDirectory = scratch.fresh('orphan');
  const holder = await holdDatabase(dataDirectory);
  await holder.end('SIGKILL');
  const next = await provideDatabase({ dataDirectory, settings: { work_mem: '8MB' } });
  expect(next.describe()).toContain('started');
  expect(await askDatabase(next.url, 'show work_mem')).toBe('8MB');
  await next.close();
});

test('a process that gets SIGTERM stops its server cleanly', async () => {
  const dataDirectory = scratch.fresh('sigterm');
  const holder = await holdDatabase(dataDirectory);
  await holder.end('SIGTERM');
  expect(existsSync(postmasterFile(dataDirectory))).toBe(false);
  expect(await readFile(join(home(dataDirectory), 'server.log'), 'utf8')).toContain('database system is shut down');
});

test('after a killed postmaster the next start waits for its children and comes up', async () => {
  const dataDirectory = scratch.fresh('postmaster');
  const first = await provideDatabase({ dataDirectory });
  await askDatabase(first.url, 'create table kept()');
  const busy = askDatabase(first.url, 'select pg_sleep(1)').catch((error: unknown) => error);
  process.kill(await postmasterPid(dataDirectory), 'SIGKILL');
  const second = await provideDatabase({ dataDirectory });
  expect(second.url).not.toBe(first.url);
  expect(await askDatabase(second.url, `select to_regclass('kept') is not null`)).toBe(true);
  await busy;
  await second.close();
  await first.close();
});

test('a postmaster.pid whose process id belongs to somebody else by now does not stop a start', async () => {
  const dataDirectory = scratch.fresh('stale');
  await (await provideDatabase({ dataDirectory })).close();
  await writeFile(postmasterFile(dataDirectory), `${process.pid}\n${home(dataDirectory)}/cluster\n1\n1\n\n127.0.0.1\n`);
  const database = await provideDatabase({ dataDirectory });
  expect(await askDatabase(database.url, 'select 1')).toBe(1);
  await database.close();
});

test('a cluster of another major version is refused by name, not replaced', async () => {
  const dataDirectory = scratch.fresh('major');
  await (await provideDatabase({ dataDirectory })).close();
  await writeFile(join(home(dataDirectory), 'cluster', 'PG_VERSION'), '13\n');
  await expect(provideDatabase({ dataDirectory })).rejects.toMatchObject({
    code: 'data_directory_version',
    message: expect.stringContaining('PostgreSQL 13'),
  });
});
