import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  claimStep,
  exhaustSteps,
  findTaskPlace,
  hastenSteps,
  noteSteps,
  purgeBudgets,
  readBudgets,
  reportStep,
  type StepMove,
  takeMoves,
  wakeDueSteps,
  writeBudgets,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld, type RunningStep } from './engine-world.js';

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

const nothing = { notes: [], buildData: [], hasDetailLogs: false, settlements: [], progress: undefined };
const retry: StepMove = { kind: 'retry', afterSeconds: 100, errorClass: 'unavailable', reason: 'no answer' };
const wait: StepMove = { kind: 'wait', afterSeconds: 100, observe: null };
const observe: StepMove = {
  kind: 'wait',
  afterSeconds: null,
  observe: { source: 'maas:east', key: 'abc', seen: '9' },
};
const bmc = 'bmc:10.0.0.1:443';

const report = (move: StepMove) => reportStep(world.db, step, move, nothing);
const take = () => world.db.transaction((tx) => takeMoves(tx, step.run.taskId, 10));
const exhaust = () => world.db.transaction((tx) => exhaustSteps(tx, [{ id: step.stepId, budget: bmc }]));

describe('the tries of a step', () => {
  test('are told once to whoever takes its move, and again when that was not committed', async () => {
    await report(retry);
    await expect(
      world.db.transaction(async (tx) => {
        expect(await takeMoves(tx, step.run.taskId, 10)).toMatchObject([{ unpaidTries: 1 }]);
        throw new Error('the scheduler dies');
      }),
    ).rejects.toThrow('the scheduler dies');
    expect(await take()).toMatchObject([{ triesTotal: 1, unpaidTries: 1 }]);
    await world.setStep(step.stepId, 'moved = true');
    expect(await take()).toMatchObject([{ triesTotal: 1, unpaidTries: 0 }]);
  });

  test('count on when a call answered between them', async () => {
    await world.setStep(step.stepId, 'tries = 2, tries_total = 6, tries_paid = 6');
    await report(wait);
    expect(await take()).toMatchObject([{ triesTotal: 6, unpaidTries: 0 }]);
    await world.setStep(step.stepId, `status = 'admitted'`);
    const claim = await claimStep(world.db, step.stepId, step.workerId);
    expect(claim).toMatchObject({ step: { tries: 0, triesTotal: 6 } });
  });

  test.each<[string, StepMove]>([
    ['a wait', wait],
    ['a step that is left to a newer version', { kind: 'leave', afterSeconds: 30, reason: 'format 2' }],
    ['a step that is given back', { kind: 'giveBack' }],
  ])('are not made by %s', async (_what, move) => {
    await report(move);
    expect(await take()).toMatchObject([{ triesTotal: 0, unpaidTries: 0 }]);
  });
});

describe('a step that cannot pay', () => {
  test('is due at once, and its next call is the last', async () => {
    await report(retry);
    expect(await exhaust()).toEqual([step.stepId]);
    expect(await world.step(step.stepId)).toMatchObject({ not_before: null, exhausted_budget: bmc });
    await world.setStep(step.stepId, `status = 'admitted'`);
    expect(await claimStep(world.db, step.stepId, step.workerId)).toMatchObject({
      step: { isLastCall: true, exhaustedBudget: bmc },
    });
  });

  test('keeps its time to be looked at when its deadline has passed', async () => {
    await world.setStep(
      step.stepId,
      `deadline_at = clock_timestamp() - interval '1 s', claimed_at = clock_timestamp()`,
    );
    await report(retry);
    expect(await exhaust()).toEqual([]);
    expect(await world.step(step.stepId)).toMatchObject({ not_before: expect.any(Date), exhausted_budget: null });
  });

  test('is left alone when it runs', async () => {
    expect(await exhaust()).toEqual([]);
  });
});

describe('budgets', () => {
  test('are kept as they are written, and one without a row is not read', async () => {
    const at = 1_767_323_045_678;
    await world.db.transaction((tx) => writeBudgets(tx, [{ key: bmc, tokens: 3, refilledAt: at }]));
    await world.db.transaction((tx) => writeBudgets(tx, [{ key: bmc, tokens: 1.5, refilledAt: at + 1000 }]));
    expect(await world.db.transaction((tx) => readBudgets(tx, [bmc, 'node:east:n1']))).toEqual([
      { key: bmc, tokens: 1.5, refilledAt: at + 1000 },
    ]);
  });

  test('on which nobody drew for a month are forgotten', async () => {
    const now = Date.now();
    const month = 31 * 24 * 3_600_000;
    await world.db.transaction((tx) =>
      writeBudgets(tx, [
        { key: bmc, tokens: 1, refilledAt: now - month },
        { key: 'node:east:n1', tokens: 1, refilledAt: now },
      ]),
    );
    expect(await purgeBudgets(world.db)).toBe(1);
    expect(await world.query('select key from retry_budget')).toEqual([{ key: 'node:east:n1' }]);
  });

  test('are told in the messages of the step', async () => {
    const note = { text: `used up ${bmc}`, isError: false, contextType: 'node', context: 'n1' };
    await world.db.transaction((tx) => noteSteps(tx, step.run.taskId, [{ stepId: step.stepId, ...note }]));
    expect(await world.query('select step_id, task_id, text, is_error from message')).toEqual([
      { step_id: step.stepId, task_id: step.run.taskId, text: note.text, is_error: false },
    ]);
  });
});

describe('retry now', () => {
  const hasten = async (id = step.run.taskId) => {
    const place = await findTaskPlace(world.db, id);
    if (!place) throw new Error(`no place ${id}`);
    return await hastenSteps(world.db, place);
  };
  const isDue = async () =>
    (
      await world.query('select moved and not_before <= clock_timestamp() as due from step where id = $1', [
        step.stepId,
      ])
    )[0];

  test.each<[string, StepMove]>([
    ['rests between two tries', retry],
    ['looks again by the clock', wait],
  ])('makes a step due that %s', async (_what, move) => {
    await report(move);
    await take();
    expect(await hasten()).toEqual({ isOver: false, steps: 1 });
    expect(await isDue()).toEqual({ due: true });
    expect(await hasten()).toEqual({ isOver: false, steps: 0 });
  });

  test('wakes a step that waits as its own time would have', async () => {
    await report(wait);
    await take();
    expect(await world.db.transaction((tx) => wakeDueSteps(tx, step.run.taskId))).toEqual([]);
    await hasten(step.stepId);
    expect(await world.db.transaction((tx) => wakeDueSteps(tx, step.run.taskId))).toMatchObject([
      { status: 'pending' },
    ]);
  });

  test('is of one step or one stage when it is asked so', async () => {
    await world.query('update stage set first_admitted_at = clock_timestamp()');
    await report(retry);
    const { stage_id: stageId } = await world.step(step.stepId);
    expect(await hasten(String(stageId))).toEqual({ isOver: false, steps: 1 });
  });

  test('leaves a step alone that waits for something observed, or runs', async () => {
    expect(await hasten()).toEqual({ isOver: false, steps: 0 });
    await report(observe);
    expect(await hasten()).toEqual({ isOver: false, steps: 0 });
  });

  test.each(['complete', 'terminated'])('is too late for a task that is %s', async (status) => {
    await world.query('update task set status = $1', [status]);
    expect(await hasten()).toEqual({ isOver: true, steps: 0 });
  });
});
