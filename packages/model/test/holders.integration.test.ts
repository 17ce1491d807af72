import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  drainHolder,
  heartbeat,
  type HolderRow,
  loseSteps,
  purgeHolders,
  requestTermination,
  retireHolder,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const worker = (id: string = randomUUID()): HolderRow => ({ id, process: 'worker', host: 'h', pid: 7, slots: 4 });

async function secondsLeft(id: string): Promise<number> {
  const [row] = await world.query(
    'select extract(epoch from expires_at - clock_timestamp())::float8 as seconds from holder where id = $1',
    [id],
  );
  return Number(row?.['seconds']);
}

test('a heartbeat announces the process and renews its lease', async () => {
  const holder = worker();
  expect(await heartbeat(world.db, holder, 30)).toEqual([]);
  expect(await secondsLeft(holder.id)).toBeLessThanOrEqual(30);
  await heartbeat(world.db, holder, 300);
  expect(await secondsLeft(holder.id)).toBeGreaterThan(200);
  expect(await world.query('select process, host, pid, slots, is_draining from holder')).toEqual([
    { process: 'worker', host: 'h', pid: 7, slots: 4, is_draining: false },
  ]);
});

test('a heartbeat names the steps that are still its own, and which of them are to stop', async () => {
  const kept = await world.runningStep();
  const lost = await world.runningStep();
  await requestTermination(world.db, kept.run.taskId, 'alice');
  await world.setStep(lost.stepId, `holder_id = '${kept.workerId}', status = 'admitted'`);
  expect(await heartbeat(world.db, worker(kept.workerId), 3)).toEqual([
    { id: kept.stepId, fence: kept.fence, stopping: true },
  ]);
});

test('a heartbeat brings a purged process back, with the steps that nobody took', async () => {
  const step = await world.runningStep();
  await world.query(`update holder set expires_at = clock_timestamp() - interval '2 h' where id = $1`, [step.workerId]);
  await purgeHolders(world.db);
  expect(await world.query('select 1 from holder where id = $1', [step.workerId])).toEqual([]);
  expect(await heartbeat(world.db, worker(step.workerId), 60)).toMatchObject([{ id: step.stepId }]);
  expect(await loseSteps(world.db, 0)).toEqual([]);
});

test('only processes that have been gone for an hour are forgotten', async () => {
  const [living, dead] = [await world.holder(60), await world.holder(-3500)];
  await world.holder(-3700);
  await purgeHolders(world.db);
  const kept = await world.query('select id from holder');
  expect(new Set(kept.map((row) => row['id']))).toEqual(new Set([living, dead]));
});

test('a draining process keeps what it holds, and its heartbeats leave it draining', async () => {
  const step = await world.runningStep();
  await drainHolder(world.db, step.workerId);
  expect(await heartbeat(world.db, worker(step.workerId), 60)).toHaveLength(1);
  expect(await world.query('select is_draining from holder where id = $1', [step.workerId])).toEqual([
    { is_draining: true },
  ]);
});

test('what a retired process held is free at once', async () => {
  const step = await world.runningStep();
  await retireHolder(world.db, step.workerId);
  expect(await loseSteps(world.db, 0)).toMatchObject([{ id: step.stepId }]);
});
