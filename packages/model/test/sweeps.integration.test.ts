import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  failOverdueSteps,
  giveUpSteps,
  loseSteps,
  releasePlaces,
  ringAgain,
  unclaimedSteps,
  writeIntent,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld, type Row, type RunningStep } from './engine-world.js';

let world: EngineWorld;
let step: RunningStep;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  step = await world.runningStep();
});
afterAll(() => world.close());

const openIntent = () => writeIntent(world.db, step, { effect: { kind: 'on' }, progress: undefined, settlements: [] });

async function lose(): Promise<Row> {
  await loseSteps(world.db, 0);
  return await world.step(step.stepId);
}

describe('a step whose worker', () => {
  test('lives is not taken away', async () => {
    expect(await loseSteps(world.db, 0)).toEqual([]);
    expect(await world.step(step.stepId)).toMatchObject({ status: 'running', holder_id: step.workerId, lost_count: 0 });
  });

  test('expired is admitted again with all its places, and rung with a fresh number', async () => {
    await world.place(step.run, step.stepId, 'bmc:1');
    await world.kill(step.workerId);
    const ring = Number((await world.step(step.stepId))['ring']);
    const { stepId: id, run } = step;
    expect(await loseSteps(world.db, 0)).toEqual([
      { id, taskId: run.taskId, verb: 'power_on_node', nodeName: 'n1', ring: ring + 1, errorClass: null },
    ]);
    expect(await world.step(id)).toMatchObject({
      status: 'admitted',
      holder_id: null,
      end: null,
      moved: true,
      fence: 1,
      lost_count: 1,
      error_class: null,
    });
    expect(await world.query('select held from concurrency_group')).toEqual([{ held: 1 }]);
    expect(await world.query('select step_id from place')).toEqual([{ step_id: id }]);
  });

  test('retired is admitted again', async () => {
    await world.query('delete from holder where id = $1', [step.workerId]);
    expect(await lose()).toMatchObject({ status: 'admitted', lost_count: 1 });
  });

  test('expired keeps it while the server is younger than a lease', async () => {
    await world.kill(step.workerId);
    expect(await loseSteps(world.db, 1e9)).toEqual([]);
    expect(await world.step(step.stepId)).toMatchObject({ status: 'running' });
  });

  test('expired is taken away once, however many sweep', async () => {
    await world.kill(step.workerId);
    const lost = await Promise.all([loseSteps(world.db, 0), loseSteps(world.db, 0)]);
    expect(lost.flat()).toHaveLength(1);
    expect(await world.step(step.stepId)).toMatchObject({ lost_count: 1 });
  });

  test.each<[string, number]>([
    ['admitted', 1],
    ['ended', 2],
  ])('died is %s when that happened %i times before', async (status, lostCount) => {
    await world.kill(step.workerId);
    await world.setStep(step.stepId, `lost_count = ${lostCount}`);
    const isOver = status === 'ended';
    expect(await lose()).toMatchObject({
      status,
      end: isOver ? 'failed' : null,
      error_class: isOver ? 'worker_died' : null,
      reason: isOver ? expect.stringContaining('three times') : null,
      ended_at: isOver ? expect.any(Date) : null,
      moved: true,
      holder_id: null,
    });
  });

  test('died three times with an effect open has an unknown effect', async () => {
    await openIntent();
    await world.kill(step.workerId);
    await world.setStep(step.stepId, 'lost_count = 2');
    expect(await lose()).toMatchObject({
      status: 'ended',
      end: 'failed',
      error_class: 'effect_unknown',
      reason: expect.stringMatching(/three times.* with on begun and not settled; look at the machine/),
    });
  });
});

describe('a worker gives up', () => {
  test('a step that is its own: admitted again, to be rung by the next sweep', async () => {
    const own = { id: step.stepId, taskId: step.run.taskId, verb: 'power_on_node', nodeName: 'n1' };
    expect(await giveUpSteps(world.db, step.workerId, [{ id: step.stepId, fence: step.fence }])).toEqual([own]);
    expect(await world.step(step.stepId)).toMatchObject({ status: 'admitted', holder_id: null, moved: true });
    const unclaimed = await unclaimedSteps(world.db, 2);
    expect(unclaimed.map((found) => found.id)).toEqual([step.stepId]);
  });

  test.each<[string, () => { readonly holderId: string; readonly fence: number }]>([
    ['that it has under another fence', () => ({ holderId: step.workerId, fence: step.fence + 1 })],
    ['that another worker has', () => ({ holderId: randomUUID(), fence: step.fence })],
  ])('no step %s', async (_name, own) => {
    const before = await world.step(step.stepId);
    expect(await giveUpSteps(world.db, own().holderId, [{ id: step.stepId, fence: own().fence }])).toEqual([]);
    expect(await world.step(step.stepId)).toEqual(before);
  });

  test('no step that it has ended', async () => {
    await world.setStep(step.stepId, `status = 'ended'`);
    await giveUpSteps(world.db, step.workerId, [{ id: step.stepId, fence: step.fence }]);
    expect(await world.step(step.stepId)).toMatchObject({ status: 'ended' });
  });
});

describe('an overdue step', () => {
  const overdue = (status: string, secondsAgo = 61) =>
    world.setStep(
      step.stepId,
      `status = '${status}', holder_id = ${status === 'running' ? 'holder_id' : 'null'}, deadline_at = clock_timestamp() - make_interval(secs => ${secondsAgo})`,
    );

  test.each(['pending', 'admitted'])('that is %s and that nobody executes fails', async (status) => {
    await overdue(status);
    expect(await failOverdueSteps(world.db, 60)).toEqual([
      { id: step.stepId, taskId: step.run.taskId, verb: 'power_on_node', nodeName: 'n1' },
    ]);
    expect(await world.step(step.stepId)).toMatchObject({
      status: 'ended',
      end: 'failed',
      error_class: 'timeout',
      reason: expect.stringContaining('no worker executed'),
      moved: true,
    });
  });

  test('says what the last try said', async () => {
    await overdue('pending');
    await world.setStep(step.stepId, `reason = 'MAAS did not answer'`);
    await failOverdueSteps(world.db, 60);
    expect(await world.step(step.stepId)).toMatchObject({ reason: expect.stringContaining('MAAS did not answer') });
  });

  test.each<[string, string, number]>([
    ['is executed', 'running', 61],
    ['waits and comes due by itself', 'waiting', 61],
    ['has a minute left', 'admitted', 59],
  ])('that %s does not fail', async (_name, status, secondsAgo) => {
    await overdue(status, secondsAgo);
    expect(await failOverdueSteps(world.db, 60)).toEqual([]);
    expect(await world.step(step.stepId)).toMatchObject({ status, end: null });
  });

  test('with an open intent is left to a call, and fails when that is settled', async () => {
    await openIntent();
    await overdue('admitted');
    expect(await failOverdueSteps(world.db, 60)).toEqual([]);
    await world.query(`update intent set settled_at = clock_timestamp(), found = 'done'`);
    expect(await failOverdueSteps(world.db, 60)).toHaveLength(1);
  });

  test('that was never claimed has no deadline', async () => {
    await world.setStep(step.stepId, `status = 'admitted', deadline_at = null`);
    expect(await failOverdueSteps(world.db, 0)).toEqual([]);
  });
});

describe('a step that nobody claims', () => {
  beforeEach(() => world.setStep(step.stepId, `status = 'admitted', rang_at = clock_timestamp() - interval '3 s'`));

  test('is found after a while', async () => {
    expect(await unclaimedSteps(world.db, 60)).toEqual([]);
    expect(await unclaimedSteps(world.db, 2)).toMatchObject([{ id: step.stepId, taskId: step.run.taskId }]);
  });

  test('is rung with a number that was never used', async () => {
    const [before] = await unclaimedSteps(world.db, 2);
    const [after] = await ringAgain(world.db, [step.stepId]);
    expect(after?.ring).toBe(Number(before?.ring) + 1);
    expect(await unclaimedSteps(world.db, 2)).toEqual([]);
  });

  test('is not rung when somebody claimed it meanwhile', async () => {
    await world.setStep(step.stepId, `status = 'running'`);
    expect(await ringAgain(world.db, [step.stepId])).toEqual([]);
    expect(await ringAgain(world.db, [])).toEqual([]);
  });
});

test('what a lost step held is given back when it ended', async () => {
  await world.place(step.run, step.stepId, 'bmc:1');
  await world.kill(step.workerId);
  await world.setStep(step.stepId, 'lost_count = 2');
  await loseSteps(world.db, 0);
  const release = { endedStepIds: [step.stepId], restingStepIds: [], nodeNames: [] };
  await world.db.transaction((tx) => releasePlaces(tx, step.run.taskId, release));
  expect(await world.query('select held from concurrency_group')).toEqual([{ held: 0 }]);
});
