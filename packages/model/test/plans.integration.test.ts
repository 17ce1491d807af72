import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  countStages,
  delaySteps,
  finishTask,
  insertSteps,
  pinSnapshot,
  readTaskToDrive,
  type RunRef,
  skipSteps,
  type StageChange,
  startNext,
  type Transaction,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld, type Row } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
let run: RunRef;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  run = await world.run('a');
});
afterAll(() => world.close());

function change(verb: string, given: Partial<StageChange> = {}): StageChange {
  return { verb, admitted: 0, succeeded: 0, absent: 0, failed: 0, skipped: 0, cancelled: 0, ...given };
}

const stages = (): Promise<readonly Row[]> => world.query('select verb, total from stage order by verb');
const count = (changes: readonly StageChange[]) => world.db.transaction((tx) => countStages(tx, run.taskId, changes));

const result = { status: 'partial_success', successes: ['n1'], failures: ['n2', 'n3'] } as const;
const finish = (of: RunRef) => world.db.transaction((tx) => finishTask(tx, of, result));

test('a plan is stored as it is, with a stage for every verb', async () => {
  const needs = [{ step: 0, ended: 'absent' as const }];
  const looked = plannedStep(0, { verb: 'look_for_node' });
  const boot = plannedStep(1, {
    verb: 'set_node_boot',
    needs,
    join: 'any',
    maxAttempts: 4,
    retryFrom: 'look_for_node',
  });
  await world.steps(run, [looked, boot, plannedStep(2, { verb: 'look_for_node', nodeName: null })]);
  expect(await stages()).toEqual([
    { verb: 'look_for_node', total: 2 },
    { verb: 'set_node_boot', total: 1 },
  ]);
  const stored = await world.query(
    `select s.key, s.node_name, s.needs, s."join", s.attempt, s.max_attempts, s.retry_from, s.deadline_seconds,
      s.status, s.fence, s.moved, t.verb from step s join stage t on t.id = s.stage_id and t.verb = s.verb order by key`,
  );
  expect(stored).toMatchObject([
    { key: 0, node_name: 'n1', needs: [], join: 'all', status: 'pending', fence: 0, moved: false },
    { key: 1, needs, join: 'any', attempt: 0, max_attempts: 4, retry_from: 'look_for_node', deadline_seconds: 300 },
    { key: 2, node_name: null, retry_from: null },
  ]);
});

test('a new attempt adds to the totals of the stages and of the task', async () => {
  await world.steps(run, [plannedStep(0, { verb: 'deploy_node' })]);
  await world.steps(run, [
    plannedStep(1, { verb: 'deploy_node', attempt: 1 }),
    plannedStep(2, { verb: 'apply_node_networking', attempt: 1 }),
  ]);
  expect(await stages()).toEqual([
    { verb: 'apply_node_networking', total: 1 },
    { verb: 'deploy_node', total: 2 },
  ]);
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ stepsTotal: 3, stepsEnded: 0, planFormat: 1 });
});

test('a plan of many thousand steps is stored whole', async () => {
  const planned = Array.from({ length: 5001 }, (_, key) => plannedStep(key, { nodeName: `n${key}` }));
  const ids = await world.db.transaction((tx) => insertSteps(tx, run, planned));
  const [stored] = await world.query(
    `select count(*)::int as count from step where id = any($1) and node_name = 'n' || key`,
    [[...ids.values()]],
  );
  expect(stored).toEqual({ count: 5001 });
  expect(await stages()).toEqual([{ verb: 'power_on_node', total: 5001 }]);
});

test('a plan without steps is a plan', async () => {
  await world.steps(run, []);
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ stepsTotal: 0, planFormat: 1 });
});

test('counters of stages add up, and those of the task with them', async () => {
  await world.steps(run, [plannedStep(0), plannedStep(1), plannedStep(2, { verb: 'deploy_node' })]);
  await count([change('power_on_node', { admitted: 2 }), change('deploy_node', { skipped: 1 })]);
  const first = await world.query('select first_admitted_at from stage order by verb');
  await count([change('power_on_node', { admitted: 1, succeeded: 1, absent: 1, failed: 1, cancelled: 1 })]);
  await count([]);
  expect(
    await world.query(
      `select verb, admitted, succeeded, absent, failed, skipped, cancelled, first_admitted_at from stage order by verb`,
    ),
  ).toEqual([
    { ...change('deploy_node', { skipped: 1 }), first_admitted_at: null },
    {
      ...change('power_on_node', { admitted: 3, succeeded: 1, absent: 1, failed: 1, cancelled: 1 }),
      first_admitted_at: first[1]?.['first_admitted_at'],
    },
  ]);
  expect(first[1]?.['first_admitted_at']).toBeInstanceOf(Date);
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ stepsEnded: 5 });
});

test.each<[string, (tx: Transaction, ids: readonly string[]) => Promise<void>]>([
  ['skipped', (tx, ids) => skipSteps(tx, ids)],
  ['delayed', (tx, ids) => delaySteps(tx, ids, 30)],
])('steps are %s together or not at all: one that has begun refuses', async (_name, write) => {
  const ids = await world.steps(run, [plannedStep(0), plannedStep(1)]);
  await world.admit(run, ids.slice(1));
  const before = await world.query('select * from step order by key');
  await expect(world.db.transaction((tx) => write(tx, ids))).rejects.toMatchObject({
    code: 'illegal_move',
    message: expect.stringMatching(`1 of 2 steps \\(${ids[1] ?? ''}\\)`),
  });
  expect(await world.query('select * from step order by key')).toEqual(before);
});

test('steps that have not begun are delayed, or end without being executed', async () => {
  const ids = await world.steps(run, [plannedStep(0), plannedStep(1)]);
  await world.db.transaction((tx) => delaySteps(tx, ids.slice(1), 30));
  await world.db.transaction((tx) => skipSteps(tx, ids.slice(0, 1)));
  expect(await world.query('select status, "end", not_before is not null as delayed from step order by key')).toEqual([
    { status: 'ended', end: 'skipped', delayed: false },
    { status: 'pending', end: null, delayed: true },
  ]);
});

test('every step of a task sees the snapshot that was pinned', async () => {
  await world.db.transaction((tx) => pinSnapshot(tx, run.taskId, 'h1'));
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ snapshotHash: 'h1', status: 'running' });
});

test.each([
  ['running', 'complete'],
  ['terminating', 'terminated'],
])('a task that was %s is %s when it is finished', async (before, after) => {
  await world.query('update task set status = $1', [before]);
  await finish(run);
  expect(await world.query('select status, result_status, successes, failures, ended_at from task')).toEqual([
    {
      status: after,
      result_status: 'partial_success',
      successes: ['n1'],
      failures: ['n2', 'n3'],
      ended_at: expect.any(Date),
    },
  ]);
});

test('the end of a task gives back its places and lets the lane go', async () => {
  const [stepId = ''] = await world.steps(run, [plannedStep(0)]);
  await world.place(run, stepId, 'bmc:1');
  const next = await world.task('a');
  expect(await startNext(world.db, 'a', run.holderId)).toBeNull();
  await finish(run);
  expect(await world.query('select held from concurrency_group')).toEqual([{ held: 0 }]);
  expect(await world.query('select 1 from place')).toEqual([]);
  expect(await world.query('select task_id, holder_id, epoch from run')).toEqual([
    { task_id: null, holder_id: null, epoch: '1' },
  ]);
  expect(await startNext(world.db, 'a', run.holderId)).toMatchObject({ taskId: next, epoch: 2 });
});

test('a task that is finished twice says so, and keeps the run of the next one', async () => {
  await finish(run);
  const next = await world.run('a');
  await expect(finish(run)).rejects.toMatchObject({
    code: 'illegal_move',
    message: expect.stringContaining(run.taskId),
  });
  expect(await world.query('select task_id from run')).toEqual([{ task_id: next.taskId }]);
});

test('the formats of what a task was begun with are told', async () => {
  await world.query(
    `insert into snapshot (hash, format, is_valid, findings, node_count) values ('newer', 7, true, '[]', 0)`,
  );
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ planFormat: null, snapshotFormat: null });
  await world.db.transaction((tx) => pinSnapshot(tx, run.taskId, 'newer'));
  await world.steps(run, [plannedStep(0)]);
  expect(await readTaskToDrive(world.db, run.taskId)).toMatchObject({ planFormat: 1, snapshotFormat: 7 });
});
