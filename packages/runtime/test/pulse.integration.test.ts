import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type HolderRow, isDatabaseUnavailable, openDatabase } from '@drydock/model/db';
import { Closers, openPulse, Secret, silentLog } from '@drydock/runtime';
import { createTestDatabase, endpointOf, TcpProxy } from '@drydock/testkit';

const closers = new Closers();
let proxy: TcpProxy;
let url: string;
beforeAll(async () => {
  const database = await createTestDatabase();
  closers.add('database', () => database.close());
  proxy = await TcpProxy.start({ target: endpointOf(database.url) });
  closers.add('proxy', () => proxy.close());
  url = proxy.through(database.url);
});
afterAll(() => closers.close());

const holder: HolderRow = { id: randomUUID(), process: 'worker', host: 'h', pid: 1, slots: 1 };

test('when a heartbeat gets no answer, every connection is dropped and the next tries find out anew', async () => {
  const database = openDatabase({
    connectionString: url,
    applicationName: 'test',
    maxConnections: 2,
    onError: () => undefined,
  });
  closers.add('pool', () => database.close());
  const config = { databaseUrl: new Secret(url), isDurable: true };
  const pulse = await openPulse({ config, applicationName: 'test', database, log: silentLog }, closers);
  expect(await pulse.beat(holder)).toEqual([]);
  await database.pool.query('select 1');
  proxy.abandon();
  const hanging = database.pool.query('select 2').catch((error: unknown) => error);
  const silent = await pulse.beat(holder).catch((error: unknown) => error);
  expect([isDatabaseUnavailable(silent), isDatabaseUnavailable(await hanging)]).toEqual([true, true]);
  expect(await pulse.beat(holder)).toEqual([]);
  expect((await database.pool.query('select 3 as three')).rows).toEqual([{ three: 3 }]);
});
