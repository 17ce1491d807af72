import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ensureGroups,
  ensureLanes,
  eraseLanePause,
  eraseTaskPause,
  finishTask,
  guardCycle,
  guardRun,
  loadGroups,
  readLanes,
  requestTermination,
  restlessLanes,
  type RunRef,
  startNext,
  writeLanePause,
  writeTaskPause,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const start = async (lane: string) => await startNext(world.db, lane, await world.holder(60, 'scheduler'));
const pause = (taskId: string) => writeTaskPause(world.db, taskId, 'alice');
const group = { key: 'steps', scope: 'steps', limit: 1, weight: 1, spacingMilliseconds: 0, rampPerMinute: 0 } as const;

/** What a cycle that begins now is told, at its start and when it admits. */
async function ordersOf(run: RunRef): Promise<readonly boolean[]> {
  return await world.db.transaction(async (tx) => {
    const { isPaused } = await guardCycle(tx, run);
    await ensureGroups(tx, [{ ...group, guardsMachine: false }]);
    const { isHeld } = await loadGroups(tx, { taskId: run.taskId, keys: ['steps'], stepsPerSlot: 4 });
    return [isPaused, isHeld];
  });
}

describe('a task that is paused', () => {
  test('is held until it is resumed, and each order counts once', async () => {
    const run = await world.run();
    expect(await ordersOf(run)).toEqual([false, false]);
    expect([await pause(run.taskId), await writeTaskPause(world.db, run.taskId, 'bob')]).toEqual([true, false]);
    expect(await world.query('select status, paused_by from task')).toEqual([
      { status: 'running', paused_by: 'alice' },
    ]);
    expect(await ordersOf(run)).toEqual([true, true]);
    const resume = () => eraseTaskPause(world.db, run.taskId);
    expect([await resume(), await resume()]).toEqual([true, false]);
    expect(await ordersOf(run)).toEqual([false, false]);
  });

  test('is not started; the one behind it is, and it comes next when it is resumed', async () => {
    const [first, second] = [await world.task('a'), await world.task('a')];
    await pause(first);
    const run = await start('a');
    expect(run?.taskId).toBe(second);
    if (run) {
      await world.db.transaction((tx) => finishTask(tx, run, { status: 'success', successes: [], failures: [] }));
    }
    expect([await start('a'), await restlessLanes(world.db)]).toEqual([null, []]);
    await eraseTaskPause(world.db, first);
    expect(await restlessLanes(world.db)).toEqual(['a']);
    expect((await start('a'))?.taskId).toBe(first);
  });

  test('can be terminated, and one that is terminating or over cannot be paused', async () => {
    const run = await world.run();
    await pause(run.taskId);
    expect(await requestTermination(world.db, run.taskId, 'alice')).toBe('terminating');
    expect(await ordersOf(run)).toEqual([true, true]);
    const other = await world.run();
    await requestTermination(world.db, other.taskId, 'alice');
    expect([await pause(other.taskId), await ordersOf(other)]).toEqual([false, [false, true]]);
    await world.db.transaction((tx) => finishTask(tx, other, { status: 'failure', successes: [], failures: [] }));
    expect(await pause(other.taskId)).toBe(false);
  });

  test('is paused only after whoever admits at this moment has done', async () => {
    const run = await world.run();
    const cycle = await world.hold((tx) => guardRun(tx, run));
    const pausing = pause(run.taskId);
    await world.waiters();
    expect(await world.query('select 1 from task where paused_at is not null')).toEqual([]);
    await cycle.commit();
    expect(await pausing).toBe(true);
  });
});

describe('a lane that is paused', () => {
  test('holds its running task and starts no other, until it is resumed', async () => {
    const run = await world.run('a');
    const other = await world.run('b');
    await world.task('a');
    expect([await writeLanePause(world.db, 'a', 'alice'), await writeLanePause(world.db, 'a', 'bob')]).toEqual([
      true,
      false,
    ]);
    expect([await ordersOf(run), await ordersOf(other)]).toEqual([
      [true, true],
      [false, false],
    ]);
    await world.db.transaction((tx) => finishTask(tx, run, { status: 'success', successes: [], failures: [] }));
    expect([await start('a'), await restlessLanes(world.db)]).toEqual([null, []]);
    expect([await eraseLanePause(world.db, 'a'), await eraseLanePause(world.db, 'a')]).toEqual([true, false]);
    expect(await start('a')).not.toBeNull();
  });

  test('is not made by its name', async () => {
    expect(await writeLanePause(world.db, 'nowhere', 'alice')).toBe(false);
    expect(await readLanes(world.db)).toEqual([]);
  });

  test('stays paused when the apps start anew', async () => {
    await ensureLanes(world.db, [{ name: 'a', maxQueued: 5 }]);
    await writeLanePause(world.db, 'a', 'alice');
    await ensureLanes(world.db, [{ name: 'a', maxQueued: 7 }]);
    expect(await readLanes(world.db)).toMatchObject([{ name: 'a', maxQueued: 7, pausedBy: 'alice' }]);
  });
});

test('lanes are shown by name, with what runs and what waits', async () => {
  const run = await world.run('b');
  await world.task('b');
  await world.task('a');
  await writeLanePause(world.db, 'a', 'alice');
  const bare = { maxQueued: 1000, runningTaskId: null, pausedAt: null, pausedBy: null };
  const a = { ...bare, name: 'a', queued: 1, pausedAt: expect.stringMatching(/^\d{4}-/), pausedBy: 'alice' };
  const b = { ...bare, name: 'b', queued: 1, runningTaskId: run.taskId };
  expect(await readLanes(world.db)).toEqual([a, b]);
  expect(await readLanes(world.db, 'b')).toEqual([b]);
});
