import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Database,
  guardRun,
  idleLanes,
  releaseRun,
  restlessLanes,
  type RunRef,
  startNext,
  takeOverRun,
  tellForeignRuns,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const guard = (run: RunRef): Promise<number> => world.db.transaction((tx) => guardRun(tx, run));

/** Every task is pinned to a snapshot that a newer version wrote. */
async function newerSnapshot(): Promise<void> {
  await world.query(
    `insert into snapshot (hash, format, is_valid, findings, node_count) values ('newer', 7, true, '[]', 0) on conflict do nothing`,
  );
  await world.query(`update task set snapshot_hash = 'newer'`);
}

async function statuses(lane: string): Promise<readonly unknown[]> {
  const found = await world.query('select status from task where lane = $1 order by position', [lane]);
  return found.map((row) => row['status']);
}

test('of two schedulers that start a lane at once, one gets the oldest task', async () => {
  const first = await world.task('a');
  await world.task('a');
  const holders = [await world.holder(60, 'scheduler'), await world.holder(60, 'scheduler')];
  const runs = await Promise.all(holders.map((holder) => startNext(world.db, 'a', holder)));
  expect(runs.filter((run) => run !== null)).toEqual([
    { lane: 'a', taskId: first, epoch: 1, holderId: expect.any(String) },
  ]);
  expect(await statuses('a')).toEqual(['running', 'queued']);
});

test('whoever comes while the other has not committed waits for it and starts nothing', async () => {
  await world.task('a');
  await world.task('a');
  const [one, two] = [await world.holder(), await world.holder()];
  const held = await world.hold((tx) => startNext(tx as unknown as Database, 'a', one));
  const second = startNext(world.db, 'a', two);
  await world.waiters();
  await held.commit();
  expect(held.value?.holderId).toBe(one);
  expect(await second).toBeNull();
  expect(await statuses('a')).toEqual(['running', 'queued']);
});

test.each<[string, (holderId: string) => Promise<unknown>]>([
  ['its lane is empty', () => world.query('delete from task')],
  ['its lane is paused', () => world.query(`update lane set paused_at = clock_timestamp()`)],
  ['the task is paused', () => world.query('update task set paused_at = clock_timestamp()')],
  ['its lease ran out', (holderId) => world.kill(holderId)],
  ['nobody knows the holder', () => world.query('delete from holder')],
  ['the task is of another lane', () => world.query(`update task set lane = 'b'`)],
])('a scheduler starts nothing when %s', async (_name, given) => {
  await world.task('a');
  const holderId = await world.holder();
  await given(holderId);
  expect(await startNext(world.db, 'a', holderId)).toBeNull();
  expect(await world.query(`select 1 from task where status = 'running'`)).toEqual([]);
  expect(await world.query('select 1 from run')).toEqual([]);
});

test.each(['running', 'terminating'])('a lane whose task is %s starts no other', async (status) => {
  const run = await world.run('a');
  await world.query('update task set status = $1', [status]);
  await world.task('a');
  expect(await startNext(world.db, 'a', run.holderId)).toBeNull();
});

test('a paused task lets the one behind it go first', async () => {
  const paused = await world.task('a');
  const next = await world.task('a');
  await world.query('update task set paused_at = clock_timestamp() where id = $1', [paused]);
  expect((await startNext(world.db, 'a', await world.holder()))?.taskId).toBe(next);
});

test('the epoch of a lane grows with every start and every take-over', async () => {
  const first = await world.run('a');
  await world.query(`update task set status = 'complete'`);
  const second = await world.run('a');
  await world.kill(second.holderId);
  const third = await takeOverRun(world.db, 'a', await world.holder(), 0);
  expect([first.epoch, second.epoch, third?.epoch]).toEqual([1, 2, 3]);
  expect(third?.taskId).toBe(second.taskId);
});

test('a run is not taken over while its holder lives', async () => {
  const run = await world.run('a');
  expect(await takeOverRun(world.db, 'a', await world.holder(), 0)).toBeNull();
  expect(await guard(run)).toBeGreaterThan(0);
});

test.each<[string, (run: RunRef) => Promise<unknown>]>([
  ['its holder expired', (run) => world.kill(run.holderId)],
  ['its holder retired', (run) => world.query('delete from holder where id = $1', [run.holderId])],
  ['its holder let it go', (run) => releaseRun(world.db, run)],
])('a run is taken over when %s', async (_name, given) => {
  const run = await world.run('a');
  await given(run);
  const heir = await world.holder();
  expect(await restlessLanes(world.db)).toEqual(['a']);
  expect(await takeOverRun(world.db, 'a', heir, 0)).toEqual({ ...run, epoch: 2, holderId: heir });
  expect(await restlessLanes(world.db)).toEqual([]);
});

test.each<[string, number, (heir: string) => Promise<unknown>]>([
  ['the server is younger than a lease', 1e9, () => Promise.resolve()],
  ['the task ended', 0, () => world.query(`update task set status = 'complete'`)],
  ['the plan is of a version that it does not know', 0, () => world.query('update task set plan_format = 99')],
  ['the snapshot is of a version that it does not know', 0, () => newerSnapshot()],
  ['the heir is dead itself', 0, (heir) => world.kill(heir)],
])('a run of a dead holder is not taken over when %s', async (_name, leaseSeconds, given) => {
  const run = await world.run('a');
  const heir = await world.holder();
  await world.kill(run.holderId);
  await given(heir);
  expect(await takeOverRun(world.db, 'a', heir, leaseSeconds)).toBeNull();
});

test('of two schedulers that take a run over at once, one gets it and keeps it', async () => {
  const run = await world.run('a');
  await world.kill(run.holderId);
  const [one, two] = [await world.holder(), await world.holder()];
  const held = await world.hold((tx) => takeOverRun(tx as unknown as Database, 'a', one, 0));
  const second = takeOverRun(world.db, 'a', two, 0);
  await world.waiters();
  await held.commit();
  expect(held.value).toEqual({ ...run, epoch: 2, holderId: one });
  expect(await second).toBeNull();
  expect(await guard({ ...run, epoch: 2, holderId: one })).toBeGreaterThan(0);
});

test.each<[string, (run: RunRef) => RunRef]>([
  ['epoch', (run) => ({ ...run, epoch: run.epoch - 1 })],
  ['holder', (run) => ({ ...run, holderId: run.taskId })],
  ['task', (run) => ({ ...run, taskId: run.holderId })],
  ['lane', (run) => ({ ...run, lane: 'b' })],
])('a transaction under another %s is refused', async (_name, stale) => {
  const run = await world.run('a');
  expect(await guard(run)).toBeGreaterThan(0);
  await expect(guard(stale(run))).rejects.toMatchObject({ code: 'run_lost' });
});

test('a run that was let go is lost to the one who had it', async () => {
  const run = await world.run('a');
  await releaseRun(world.db, { ...run, epoch: 7 });
  expect(await guard(run)).toBeGreaterThan(0);
  await releaseRun(world.db, run);
  await expect(guard(run)).rejects.toMatchObject({ code: 'run_lost' });
});

test('a run that is taken over while its scheduler waits for its turn is lost', async () => {
  const other = await world.run('b');
  const run = await world.run('a');
  const turn = await world.hold((tx) => guardRun(tx, other));
  const waiting = expect(guard(run)).rejects.toMatchObject({ code: 'run_lost' });
  await world.waiters();
  await world.kill(run.holderId);
  expect(await takeOverRun(world.db, 'a', await world.holder(), 0)).not.toBeNull();
  await turn.commit();
  await waiting;
});

test('a run cannot be taken over in the middle of its transaction', async () => {
  const run = await world.run('a');
  const turn = await world.hold((tx) => guardRun(tx, run));
  await world.kill(run.holderId);
  const heir = takeOverRun(world.db, 'a', await world.holder(), 0);
  await world.waiters();
  await turn.commit();
  expect(await heir).toMatchObject({ epoch: 2 });
});

test('a lane is idle when its run is over', async () => {
  await world.run('a');
  const over = await world.run('b');
  await world.query(`update task set status = 'terminated' where id = $1`, [over.taskId]);
  expect(await idleLanes(world.db)).toEqual(['b']);
});

describe('a run that only a newer version can drive', () => {
  const told = () => world.query('select task_id, step_id, text, is_error from message');

  test.each<[string, object, () => Promise<unknown>]>([
    ['its plan', { planFormat: 99, snapshotFormat: null }, () => world.query('update task set plan_format = 99')],
    ['its snapshot', { planFormat: null, snapshotFormat: 7 }, () => newerSnapshot()],
  ])('by %s is left alone, and the user is told once', async (_name, formats, given) => {
    const run = await world.run('a');
    await given();
    await world.kill(run.holderId);
    const foreign = { lane: 'a', taskId: run.taskId, ...formats };
    expect(await restlessLanes(world.db)).toEqual([]);
    expect([await tellForeignRuns(world.db), await tellForeignRuns(world.db)]).toEqual([[foreign], [foreign]]);
    const text = expect.stringContaining('start a scheduler of that version');
    expect(await told()).toEqual([{ task_id: run.taskId, step_id: null, text, is_error: true }]);
    expect(await statuses('a')).toEqual(['running']);
  });

  test.each<[string, (run: RunRef) => Promise<unknown>]>([
    ['it is driven', () => newerSnapshot()],
    ['this version knows it', (run) => world.kill(run.holderId)],
    [
      'it is over',
      async (run) => {
        await newerSnapshot();
        await world.kill(run.holderId);
        await world.query(`update task set status = 'complete'`);
      },
    ],
  ])('is no such when %s', async (_name, given) => {
    await given(await world.run('a'));
    expect([await tellForeignRuns(world.db), await told()]).toEqual([[], []]);
  });
});
