import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
// By path: a dependency of the model on its testkit would be a circle that `turbo run build` refuses.
import { endpointOf } from '../../testkit/src/network/restartable-server.js';
import { TcpProxy } from '../../testkit/src/network/tcp-proxy.js';
import { type DatabaseOptions, isDatabaseUnavailable, type OpenDatabase, openDatabase } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  world = await openEngineWorld();
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(() => world.close());

function open(options: Partial<DatabaseOptions> = {}): OpenDatabase {
  const database = openDatabase({
    connectionString: world.url,
    applicationName: 'opened',
    maxConnections: 2,
    onError: () => undefined,
    ...options,
  });
  opened.push(database);
  return database;
}

async function openProxy(): Promise<TcpProxy> {
  const proxy = await TcpProxy.start({ target: endpointOf(world.url) });
  opened.push(proxy);
  return proxy;
}

const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'opened'`;
const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null).catch((error: unknown) => error);

describe('a connection that a transaction has borrowed', () => {
  test('ends the transaction when it is terminated between two statements, and not the process', async () => {
    const { db, pool } = open();
    let ended: Promise<void> | undefined;
    pool.on('connect', (client) => {
      ended = new Promise((resolve) => client.once('end', () => resolve()));
    });
    const failure = failureOf(
      db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await world.query(terminate);
        await ended;
        await tx.execute(sql`select 2`);
      }),
    );
    expect(isDatabaseUnavailable(await failure)).toBe(true);
    expect((await db.execute(sql`select 3 as three`)).rows).toEqual([{ three: 3 }]);
  });
});

describe('connections that are cut', () => {
  test('fail what is under way as a lost server does, and are replaced', async () => {
    const database = open();
    await database.db.execute(sql`select 1`);
    const failure = failureOf(database.db.execute(sql`select pg_sleep(60)`));
    await until(`select 1 from pg_stat_activity where application_name = 'opened' and query like '%pg_sleep(60)%'`);
    expect(database.cut()).toBe(1);
    expect(isDatabaseUnavailable(await failure)).toBe(true);
    expect((await database.db.execute(sql`select 2 as two`)).rows).toEqual([{ two: 2 }]);
  });

  test('are also those that nobody uses', async () => {
    const database = open();
    const pidOf = async () => (await database.db.execute(sql`select pg_backend_pid() as pid`)).rows[0]?.['pid'];
    const before = await pidOf();
    expect([database.cut(), database.cut()]).toEqual([1, 0]);
    expect(await pidOf()).not.toBe(before);
  });
});

describe('a server that is silent', () => {
  test('fails a statement after the time that an answer may take', async () => {
    const proxy = await openProxy();
    const database = open({ connectionString: proxy.through(world.url), answerSeconds: 0.3 });
    await database.db.execute(sql`select 1`);
    proxy.freeze();
    expect(isDatabaseUnavailable(await failureOf(database.db.execute(sql`select 2`)))).toBe(true);
    // By now there is no connection, and none can be made.
    expect(isDatabaseUnavailable(await failureOf(database.db.execute(sql`select 3`)))).toBe(true);
    await proxy.pass();
    expect((await database.db.execute(sql`select 4 as four`)).rows).toEqual([{ four: 4 }]);
  });
});

async function until(statement: string): Promise<void> {
  while ((await world.query(statement)).length === 0);
}
