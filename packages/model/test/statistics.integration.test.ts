import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { refreshStatistics } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  await world.query('analyze');
  await flushed();
});
afterAll(() => world.close());

/** Counters reach the shared statistics at once instead of within a second. */
async function flushed(): Promise<void> {
  await world.query('select pg_stat_force_next_flush()');
  await world.query('select 1');
}

async function insertGroups(count: number): Promise<void> {
  await world.query(
    `insert into concurrency_group (key, scope, "limit") select 'node:maas:n' || i, 'task', 1 from generate_series(1, $1) i`,
    [count],
  );
  await flushed();
}

test('a table that grew much is analysed, and only that one', async () => {
  await insertGroups(2000);
  expect(await refreshStatistics(world.db)).toEqual(['concurrency_group']);
  await flushed();
  expect(await refreshStatistics(world.db)).toEqual([]);
});

test('a little change leaves the statistics alone', async () => {
  await insertGroups(900);
  expect(await refreshStatistics(world.db)).toEqual([]);
});
