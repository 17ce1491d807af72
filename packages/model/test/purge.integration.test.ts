import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureGroups, purgeGroups, purgeIntents } from '../src/db/index.js';
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

const ago = (days: number | null) => (days === null ? 'null' : `clock_timestamp() - make_interval(days => ${days})`);

describe('an effect', () => {
  const purged = async (settledDays: number | null, endedDays: number | null) => {
    await world.query(
      `insert into intent (step_id, fence, effect, written_at, settled_at)
        values ($1, 1, '{"kind":"on"}', ${ago(9)}, ${ago(settledDays)})`,
      [step.stepId],
    );
    if (endedDays !== null) await world.setStep(step.stepId, `status = 'ended', ended_at = ${ago(endedDays)}`);
    return await purgeIntents(world.db);
  };

  test('that was settled is forgotten a week after its step ended', async () => {
    expect(await purged(8, 8)).toBe(1);
    expect(await world.query('select 1 from intent')).toEqual([]);
  });

  test.each<[string, number | null, number | null]>([
    ['was never settled', null, 8],
    ['is of a step that goes on', 8, null],
    ['is of a step that ended six days ago', 8, 6],
    ['was settled six days ago', 6, 6],
  ])('that %s is kept', async (_name, settledDays, endedDays) => {
    expect(await purged(settledDays, endedDays)).toBe(0);
    expect(await world.query('select 1 from intent')).toHaveLength(1);
  });
});

describe('a group', () => {
  const limits = { limit: 1, weight: 1, spacingMilliseconds: 0, rampPerMinute: 0, guardsMachine: true };
  /** @param assignments SQL after `set`, for what is not as in a group that was last used two days ago */
  const purged = async (assignments = 'held = 0') => {
    await world.db.transaction((tx) => ensureGroups(tx, [{ key: 'bmc:1', scope: 'step', ...limits }]));
    await world.query(`update concurrency_group set held = 0, last_admitted_at = ${ago(2)}`);
    await world.query(`update concurrency_group set ${assignments}`);
    return await purgeGroups(world.db);
  };

  test('in which nobody has had a place for a day is forgotten', async () => {
    expect(await purged()).toBe(1);
    expect(await world.query('select 1 from concurrency_group')).toEqual([]);
  });

  test.each([
    ['is held', 'held = 1'],
    ['was used today', `last_admitted_at = clock_timestamp() - interval '1 h'`],
    ['was never used', 'last_admitted_at = null'],
    ['is shut', `closed_until = clock_timestamp() + interval '1 s'`],
  ])('that %s is kept', async (_name, assignments) => {
    expect(await purged(assignments)).toBe(0);
  });

  test('with a place is kept, whatever it counts', async () => {
    await world.place(step.run, step.stepId, 'bmc:1');
    expect(await purged()).toBe(0);
  });
});
