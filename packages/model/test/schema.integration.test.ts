import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { appliedMigrations, checkSchema, knownMigrations, migrateDatabase } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
const known = knownMigrations();
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await migrateDatabase(world.url);
});
afterAll(() => world.close());

const empty = () =>
  world.query('drop schema public cascade; drop schema if exists drizzle cascade; create schema public');

/** As a newer version would leave it. */
async function pretend(versions: number): Promise<void> {
  await empty();
  await migrateDatabase(world.url);
  await world.query('delete from drizzle.__drizzle_migrations where id > $1', [versions]);
  await world.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at)
      select 'newer', (select max(created_at) from drizzle.__drizzle_migrations) + n from generate_series(1, $1::int) n`,
    [versions - known],
  );
}

test('an empty database is brought to the version of this software', async () => {
  await empty();
  expect(await appliedMigrations(world.pool)).toBe(0);
  expect(await migrateDatabase(world.url)).toEqual({ before: 0, after: known });
  expect(await world.query('select count(*)::int as tasks from task')).toEqual([{ tasks: 0 }]);
});

test('a second migration changes nothing', async () => {
  await world.run('kept');
  expect(await migrateDatabase(world.url)).toEqual({ before: known, after: known });
  expect(await world.query(`select count(*)::int as tasks from task where lane = 'kept'`)).toEqual([{ tasks: 1 }]);
});

test('of several that migrate at once, one does and the others wait for it', async () => {
  await empty();
  const reports = await Promise.all([1, 2, 3].map(() => migrateDatabase(world.url)));
  expect(reports.map((report) => report.before).sort((left, right) => left - right)).toEqual([0, known, known]);
  expect(new Set(reports.map((report) => report.after))).toEqual(new Set([known]));
});

test('a migration lets its lock go, also when it failed', async () => {
  await empty();
  await world.query('create table task (id int)');
  await expect(migrateDatabase(world.url)).rejects.toThrow();
  await world.query('drop table task');
  expect(await migrateDatabase(world.url)).toMatchObject({ after: known });
});

test.each([
  ['its own version', 0],
  ['the next version', 1],
])('an app runs on %s', async (_name, ahead) => {
  await pretend(known + ahead);
  expect(await appliedMigrations(world.pool)).toBe(known + ahead);
  await expect(checkSchema(world.pool)).resolves.toBeUndefined();
});

test.each([
  ['an older version', -1, /run `drydock db migrate`/],
  ['a version two ahead', 2, /start a newer version of Drydock/],
])('an app refuses %s and says what to do', async (_name, ahead, advice) => {
  await pretend(known + ahead);
  const refused = expect(checkSchema(world.pool)).rejects;
  await refused.toMatchObject({ code: 'schema_unknown', message: expect.stringMatching(advice) });
  await empty();
});

test('an app refuses a database without a schema', async () => {
  await empty();
  await expect(checkSchema(world.pool)).rejects.toMatchObject({ code: 'schema_unknown' });
});
