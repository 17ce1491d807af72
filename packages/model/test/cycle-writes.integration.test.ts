import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { loadGroups, type RunRef, type StageChange, writeAdmission } from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
let run: RunRef;
let ids: readonly string[];

beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  run = await world.run();
  ids = await world.steps(run, [plannedStep(0), plannedStep(1, { nodeName: 'n2' })]);
});
afterAll(() => world.close());

const change = (given: Partial<StageChange>): StageChange => ({
  verb: 'power_on_node',
  ...{ admitted: 0, succeeded: 0, absent: 0, failed: 0, skipped: 0, cancelled: 0 },
  ...given,
});

const heldIn = async () => await world.query('select key, held from concurrency_group order by key');

test('groups are read with the room that is given back in the same statement, asked for or not', async () => {
  const [stepId = ''] = ids;
  await world.place(run, stepId, 'bmc:a');
  await world.place(run, stepId, 'bmc:b');
  const release = { endedStepIds: [stepId], restingStepIds: [], nodeNames: [] };
  const { groups } = await world.db.transaction((tx) =>
    loadGroups(tx, { taskId: run.taskId, keys: ['bmc:a'], stepsPerSlot: 4, release }),
  );
  expect([...groups.values()]).toEqual([expect.objectContaining({ key: 'bmc:a', held: 0 })]);
  expect(await heldIn()).toEqual([
    { key: 'bmc:a', held: 0 },
    { key: 'bmc:b', held: 0 },
  ]);
  expect(await world.query('select 1 from place')).toEqual([]);
});

test('a release of nothing changes no group', async () => {
  const [stepId = ''] = ids;
  await world.place(run, stepId, 'bmc:a');
  const release = { endedStepIds: [], restingStepIds: [], nodeNames: [] };
  const { groups } = await world.db.transaction((tx) =>
    loadGroups(tx, { taskId: run.taskId, keys: ['bmc:a'], stepsPerSlot: 4, release }),
  );
  expect(groups.get('bmc:a')).toMatchObject({ held: 1 });
});

test('an admission counts what it admits and what ended before, in one statement', async () => {
  const [first = ''] = ids;
  const stages = [change({ admitted: 1, succeeded: 2, failed: 1 })];
  const steps = [{ id: first, readySince: 0 }];
  await world.db.transaction((tx) => writeAdmission(tx, run.taskId, { steps, places: [], groups: [], stages }));
  expect(await world.step(first)).toMatchObject({ status: 'admitted' });
  expect(await world.query('select admitted, succeeded, failed, first_admitted_at from stage')).toEqual([
    { admitted: 1, succeeded: 2, failed: 1, first_admitted_at: expect.any(Date) },
  ]);
  expect(await world.query('select steps_ended from task where id = $1', [run.taskId])).toEqual([{ steps_ended: 3 }]);
});

test('an admission that is refused counts nothing', async () => {
  const [first = ''] = ids;
  await world.setStep(first, `status = 'running'`);
  const decision = { steps: [{ id: first, readySince: 0 }], places: [], groups: [], stages: [change({ admitted: 1 })] };
  await expect(world.db.transaction((tx) => writeAdmission(tx, run.taskId, decision))).rejects.toMatchObject({
    code: 'illegal_move',
  });
  expect(await world.query('select admitted from stage')).toEqual([{ admitted: 0 }]);
});
