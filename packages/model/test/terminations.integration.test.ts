import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  claimStep,
  finishTask,
  guardCycle,
  heartbeat,
  readStops,
  reportStep,
  requestTermination,
  startNext,
  stopSteps,
  writeIntent,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld, type Row, type RunningStep } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const terminate = (taskId: string) => requestTermination(world.db, taskId, 'alice');
const stop = (...stepIds: readonly string[]) => world.db.transaction((tx) => stopSteps(tx, stepIds));
const nothing = { notes: [], buildData: [], hasDetailLogs: false, settlements: [], progress: undefined };
const effect = { kind: 'off' };
const announce = (step: RunningStep, isStopping = false) =>
  writeIntent(world.db, step, { effect, progress: undefined, settlements: [], isStopping });

async function task(taskId: string): Promise<Row> {
  const [row = {}] = await world.query(
    `select status, result_status, terminated_by, terminate_requested_at is not null as asked, ended_at is not null as over
      from task where id = $1`,
    [taskId],
  );
  return row;
}

describe('a request to terminate', () => {
  test('ends a queued task at once, without a result, and its lane goes on', async () => {
    const taskId = await world.task('a');
    const next = await world.task('a');
    expect(await terminate(taskId)).toBe('terminated');
    expect(await task(taskId)).toEqual({
      status: 'terminated',
      result_status: 'incomplete',
      terminated_by: 'alice',
      asked: true,
      over: true,
    });
    const run = await startNext(world.db, 'a', await world.holder(60, 'scheduler'));
    expect(run?.taskId).toBe(next);
  });

  test('leaves the end of a running task to its scheduler, dead or alive, and its lane is taken until then', async () => {
    const run = await world.run('a');
    await world.task('a');
    await world.kill(run.holderId);
    expect(await terminate(run.taskId)).toBe('terminating');
    expect(await task(run.taskId)).toMatchObject({ status: 'terminating', asked: true, over: false });
    expect(await startNext(world.db, 'a', await world.holder(60, 'scheduler'))).toBeNull();
    await world.db.transaction((tx) => finishTask(tx, run, { status: 'failure', successes: [], failures: ['n1'] }));
    expect(await task(run.taskId)).toMatchObject({ status: 'terminated', result_status: 'failure', over: true });
  });

  test('changes nothing when it was made before, when the task is over, and when nobody has the id', async () => {
    const run = await world.run();
    await terminate(run.taskId);
    expect(await requestTermination(world.db, run.taskId, 'bob')).toBeNull();
    expect(await task(run.taskId)).toMatchObject({ terminated_by: 'alice' });
    const other = await world.run();
    await world.db.transaction((tx) => finishTask(tx, other, { status: 'success', successes: [], failures: [] }));
    expect(await terminate(other.taskId)).toBeNull();
    expect(await task(other.taskId)).toMatchObject({ status: 'complete', asked: false });
    expect(await terminate('00000000-0000-4000-8000-000000000000')).toBeNull();
  });

  test('is known to whoever drives the task from then on', async () => {
    const run = await world.run();
    const orders = () => world.db.transaction((tx) => guardCycle(tx, run));
    expect(await orders()).toMatchObject({ isTerminating: false });
    await terminate(run.taskId);
    expect(await orders()).toMatchObject({ isTerminating: true });
  });

  test('is told to workers with their next heartbeat and their next claim', async () => {
    const step = await world.runningStep();
    await terminate(step.run.taskId);
    const holder = { id: step.workerId, process: 'worker', host: 'h', pid: 1, slots: 2 } as const;
    expect(await heartbeat(world.db, holder, 3)).toEqual([{ id: step.stepId, fence: step.fence, stopping: true }]);
    await reportStep(world.db, step, { kind: 'giveBack' }, nothing);
    expect(await claimStep(world.db, step.stepId, step.workerId)).toMatchObject({
      kind: 'claimed',
      step: { stopping: true, stoppingForSeconds: expect.any(Number) },
    });
  });
});

describe('an announcement in a task that was terminated', () => {
  test('is refused, and nothing is written', async () => {
    const step = await world.runningStep();
    await terminate(step.run.taskId);
    await expect(announce(step)).rejects.toMatchObject({
      code: 'illegal_move',
      message: expect.stringContaining('was terminated'),
    });
    expect(await world.query('select 1 from intent')).toEqual([]);
  });

  test('is written for a step that was claimed to finish what it began', async () => {
    const step = await world.runningStep();
    await terminate(step.run.taskId);
    await announce(step, true);
    expect(await world.query('select effect from intent')).toEqual([{ effect }]);
  });

  test('is told as a lost fence when the step is somebody else’s', async () => {
    const step = await world.runningStep();
    await terminate(step.run.taskId);
    await expect(announce({ ...step, fence: step.fence + 1 })).rejects.toMatchObject({ code: 'fence_lost' });
  });
});

describe('steps that are stopped', () => {
  test('are cancelled, whether they were pending, admitted or waiting, and say since when', async () => {
    const run = await world.run();
    const ids = await world.steps(run, [plannedStep(0), plannedStep(1), plannedStep(2), plannedStep(3)]);
    const [pending = '', admitted = '', waiting = '', running = ''] = ids;
    await world.admit(run, [admitted]);
    await world.setStep(waiting, `status = 'waiting', first_claimed_at = clock_timestamp(), reason = 'no answer'`);
    await world.setStep(running, `status = 'running'`);
    const stopped = await stop(...ids);
    expect(new Set(stopped.map(({ key }) => key))).toEqual(new Set([0, 1, 2]));
    for (const move of stopped) expect(move).toMatchObject({ status: 'ended', end: 'cancelled', stopping: false });
    const before = { error_class: 'cancelled', reason: 'the task was terminated before the step began', moved: false };
    expect(await world.step(pending)).toMatchObject({ ...before, ended_at: expect.any(Date) });
    expect(await world.step(admitted)).toMatchObject(before);
    expect((await world.step(waiting))['reason']).toBe(
      'the task was terminated while the step was under way; the last try said: no answer',
    );
    expect(await world.step(running)).toMatchObject({ status: 'running', end: null });
  });

  test('are kept while an effect of theirs is open: woken once, rung for, and cancelled when it is settled', async () => {
    const step = await world.runningStep();
    const intentId = await announce(step);
    await reportStep(world.db, step, { kind: 'wait', afterSeconds: 60, observe: null }, nothing);
    expect(await stop(step.stepId)).toEqual([
      expect.objectContaining({
        id: step.stepId,
        status: 'pending',
        stopping: true,
        notBeforeMs: null,
        hasBegun: true,
      }),
    ]);
    expect(await stop(step.stepId)).toEqual([]);
    await world.query('update intent set settled_at = clock_timestamp(), found = $1 where id = $2', ['done', intentId]);
    expect(await stop(step.stepId)).toMatchObject([{ status: 'ended', end: 'cancelled' }]);
  });

  test('are rung for when they were given back with an open effect', async () => {
    const step = await world.runningStep();
    await announce(step);
    await reportStep(world.db, step, { kind: 'giveBack' }, nothing);
    const before = Number((await world.step(step.stepId))['ring']);
    expect(await stop(step.stepId)).toMatchObject([{ status: 'admitted', ring: before + 1 }]);
  });

  test.each([
    ['has switched its machine off', { format: 1, hasSwitchedOff: true }, 'pending'],
    ['has not called its BMC yet', null, 'ended'],
  ])('are finished when a power cycle %s', async (_case, progress, status) => {
    const step = await world.runningStep();
    await world.setStep(step.stepId, `verb = 'power_cycle_node', progress = '${JSON.stringify(progress)}'::jsonb`);
    if (progress === null) await world.setStep(step.stepId, 'progress = null');
    await reportStep(world.db, step, { kind: 'wait', afterSeconds: 60, observe: null }, nothing);
    expect(await stop(step.stepId)).toMatchObject([{ status }]);
  });

  test('are left to whoever moves them at this moment', async () => {
    const { stepId } = await world.admittedStep();
    const worker = await world.holder();
    const held = await world.hold((tx) => claimStep(tx as never, stepId, worker));
    expect(await stop(stepId)).toEqual([]);
    await held.commit();
    expect(await stop(stepId)).toEqual([]);
    expect(await world.step(stepId)).toMatchObject({ status: 'running' });
  });
});

test('where a task stopped is told once for each node: the first step that was cancelled', async () => {
  const run = await world.run();
  const verbs = ['apply_node_networking', 'deploy_node'] as const;
  const ids = await world.steps(run, [
    plannedStep(0, { verb: verbs[0], nodeName: 'n1' }),
    plannedStep(1, { verb: verbs[1], nodeName: 'n1' }),
    plannedStep(2, { verb: verbs[0], nodeName: 'n2' }),
    plannedStep(3, { verb: verbs[1], nodeName: 'n2' }),
    plannedStep(4, { verb: verbs[1], nodeName: 'n3' }),
    plannedStep(5, { verb: 'create_network_template', nodeName: null }),
  ]);
  await world.query(`update step set status = 'ended', "end" = 'cancelled'`);
  await world.setStep(ids[0] ?? '', `"end" = 'succeeded'`);
  await world.setStep(ids[4] ?? '', `"end" = 'succeeded'`);
  await world.setStep(ids[1] ?? '', `first_claimed_at = clock_timestamp()`);
  await world.query(
    `insert into intent (step_id, fence, effect, settled_at, found) values ($1, 1, '{}', clock_timestamp(), 'done')`,
    [ids[1]],
  );
  expect(await world.db.transaction((tx) => readStops(tx, run.taskId))).toEqual([
    { nodeName: 'n1', verb: 'deploy_node', hasBegun: true, hasActed: true },
    { nodeName: 'n2', verb: 'apply_node_networking', hasBegun: false, hasActed: false },
    { nodeName: null, verb: 'create_network_template', hasBegun: false, hasActed: false },
  ]);
});
