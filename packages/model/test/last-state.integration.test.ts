import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { claimStep, failOverdueSteps, loseSteps, reportStep, type StepMove } from '../src/db/index.js';
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
const retry: StepMove = { kind: 'retry', afterSeconds: 5, errorClass: 'unavailable', reason: 'no answer' };
const wait = (state: string | null): StepMove => ({ kind: 'wait', afterSeconds: 30, observe: null, state });

/** One more call that ends so. */
async function call(move: StepMove): Promise<void> {
  await world.setStep(step.stepId, `status = 'admitted'`);
  const claim = await claimStep(world.db, step.stepId, step.workerId);
  if (claim.kind !== 'claimed') throw new Error('not claimed');
  await reportStep(world.db, { stepId: step.stepId, fence: claim.step.fence }, move, nothing);
}

const seen = async () => {
  const { last_state: state, last_state_since: since } = await world.step(step.stepId);
  return { state, since: since instanceof Date ? since.getTime() : since };
};
const deploying = wait('MAAS status: Deploying');
const since = /since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;

describe('what a machine was last seen in', () => {
  test('is kept with the time at which it was first seen so, through waits, tries and calls that say nothing', async () => {
    await call(deploying);
    const first = await seen();
    expect(first).toEqual({ state: 'MAAS status: Deploying', since: expect.any(Number) });
    for (const move of [deploying, retry, wait(null)]) await call(move);
    expect(await seen()).toEqual(first);
    await call(wait('MAAS status: Deployed'));
    const next = await seen();
    expect(next.state).toBe('MAAS status: Deployed');
    expect(Number(next.since)).toBeGreaterThan(Number(first.since));
  });

  test('is told to whoever claims the step, as text', async () => {
    await call(deploying);
    await world.setStep(step.stepId, `status = 'admitted', last_state_since = '2026-01-02 03:04:05.6+02'`);
    expect(await claimStep(world.db, step.stepId, step.workerId)).toMatchObject({
      step: { lastState: 'MAAS status: Deploying', lastStateSince: '2026-01-02 01:04:05 UTC' },
    });
  });

  test('is in the reason of a step that nobody executed in time', async () => {
    await call(deploying);
    await call(retry);
    await world.setStep(step.stepId, `deadline_at = clock_timestamp() - interval '61 s'`);
    await failOverdueSteps(world.db, 60);
    const { reason } = await world.step(step.stepId);
    expect(reason).toMatch(
      /^the deadline passed; the last try said: no answer; last known state: MAAS status: Deploying, since /,
    );
    expect(reason).toMatch(since);
  });

  test('is in the reason of a step whose retry budget was used up and that nobody executed', async () => {
    await call(retry);
    await world.setStep(
      step.stepId,
      `deadline_at = clock_timestamp() - interval '61 s', exhausted_budget = 'bmc:10.0.0.1:443'`,
    );
    await failOverdueSteps(world.db, 60);
    expect(await world.step(step.stepId)).toMatchObject({
      reason: 'the deadline passed; the last try said: no answer; the retry budget of bmc:10.0.0.1:443 was used up',
    });
  });

  test('is in the reason of a step that killed its workers', async () => {
    await call(deploying);
    await world.setStep(step.stepId, `status = 'running', holder_id = gen_random_uuid(), lost_count = 2`);
    await loseSteps(world.db, 0);
    const { reason } = await world.step(step.stepId);
    expect(reason).toMatch(/three times in one attempt; last known state: MAAS status: Deploying, since .*; look at/);
  });
});

test('a call that was reported after the deadline, but claimed before it, is followed by the last one at once', async () => {
  await world.setStep(step.stepId, `deadline_at = claimed_at + interval '1 microsecond'`);
  await reportStep(world.db, step, { ...retry, afterSeconds: 900 }, nothing);
  expect(
    await world.query('select not_before <= clock_timestamp() as due from step where id = $1', [step.stepId]),
  ).toEqual([{ due: true }]);
});
