import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type OpenDatabase, openDatabase } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
const opened: OpenDatabase[] = [];
beforeAll(async () => {
  world = await openEngineWorld();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await world.close();
});

/** One connection, so that what is prepared for it can be asked. */
function open(isPooled: boolean): OpenDatabase {
  const database = openDatabase({
    connectionString: world.url,
    applicationName: 'prepared',
    maxConnections: 1,
    isPooled,
    onError: () => undefined,
  });
  opened.push(database);
  return database;
}

const addOne = async ({ db }: OpenDatabase, value: number): Promise<unknown> =>
  (await db.execute(sql`select ${value}::int + 1 as sum`)).rows[0]?.['sum'];

async function preparedTexts({ pool }: OpenDatabase): Promise<readonly string[]> {
  const { rows } = await pool.query<{ statement: string }>('select statement from pg_prepared_statements');
  return rows.map(({ statement }) => statement);
}

test('a statement with parameters is prepared once, and answers for each of its values', async () => {
  const database = open(false);
  expect([await addOne(database, 1), await addOne(database, 41)]).toEqual([2, 42]);
  expect(await preparedTexts(database)).toEqual(['select $1::int + 1 as sum']);
});

test('a statement in a transaction is prepared too, begin and commit are not', async () => {
  const database = open(false);
  await database.db.transaction(async (tx) => tx.execute(sql`select ${'in a transaction'}::text`));
  expect(await preparedTexts(database)).toEqual(['select $1::text']);
});

test('one that fails may come again', async () => {
  const database = open(false);
  const divide = (by: number) => database.db.execute(sql`select 6 / ${by}::int as quotient`);
  await expect(divide(0)).rejects.toMatchObject({ cause: { code: '22012' } });
  expect((await divide(3)).rows).toEqual([{ quotient: 2 }]);
});

test('nothing is prepared behind a transaction pooler', async () => {
  const database = open(true);
  expect(await addOne(database, 1)).toBe(2);
  expect(await preparedTexts(database)).toEqual([]);
});
