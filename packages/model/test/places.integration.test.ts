import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { GroupState } from '../src/domain/groups/group-state.js';
import type { GroupNeed, GroupScope } from '../src/domain/groups/group.js';
import {
  drainHolder,
  ensureGroups,
  loadGroups,
  type NewPlace,
  readPlaces,
  type Release,
  releasePlaces,
  releaseTask,
  type RunRef,
  shutGroups,
  writeAdmission,
} from '../src/db/index.js';
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

const groups = {
  steps: 'steps',
  call: 'maas:default',
  step: 'bmc:1',
  task: 'node:default:n1',
} as const satisfies Record<GroupScope, string>;
const scopes: readonly GroupScope[] = ['steps', 'call', 'step', 'task'];

function need(key: string, given: Partial<GroupNeed> = {}): GroupNeed {
  return {
    key,
    scope: 'call',
    limit: 8,
    weight: 1,
    spacingMilliseconds: 0,
    rampPerMinute: 0,
    guardsMachine: false,
    ...given,
  };
}

const ensure = (needs: readonly GroupNeed[]) => world.db.transaction((tx) => ensureGroups(tx, needs));
const load = async (keys: readonly string[], stepsPerSlot = 4) =>
  await world.db.transaction((tx) => loadGroups(tx, { taskId: run.taskId, keys, stepsPerSlot }));
const release = (given: Partial<Release>) =>
  world.db.transaction((tx) =>
    releasePlaces(tx, run.taskId, { endedStepIds: [], restingStepIds: [], nodeNames: [], ...given }),
  );

async function held(): Promise<Readonly<Record<string, unknown>>> {
  const found = await world.query('select key, held from concurrency_group');
  return Object.fromEntries(found.map((row) => [row['key'], row['held']]));
}

/** One place of each scope for the first step; the node's is not the step's. */
async function admitFirst(): Promise<void> {
  await ensure(scopes.map((scope) => need(groups[scope], { scope })));
  const places: readonly NewPlace[] = scopes.map((scope) => ({
    groupKey: groups[scope],
    scope,
    stepId: scope === 'task' ? null : (ids[0] ?? ''),
    nodeName: scope === 'task' ? 'n1' : null,
    weight: 1,
  }));
  const { groups: loaded } = await load(Object.values(groups));
  const counted: readonly GroupState[] = [...loaded.values()].map((group) => ({ ...group, held: group.held + 1 }));
  const steps = [{ id: ids[0] ?? '', readySince: 1_700_000_000_000 }];
  await world.db.transaction((tx) => writeAdmission(tx, run.taskId, { steps, places, groups: counted }));
}

const allHeld = { steps: 1, 'maas:default': 1, 'bmc:1': 1, 'node:default:n1': 1 };

describe('an admission', () => {
  test('gives the step its places, counts them and its ring', async () => {
    await admitFirst();
    expect(await held()).toEqual(allHeld);
    expect(await world.db.transaction((tx) => readPlaces(tx, run.taskId))).toHaveLength(4);
    expect(await world.step(ids[0] ?? '')).toMatchObject({
      status: 'admitted',
      ring: 1,
      rang_at: expect.any(Date),
      ready_since: new Date(1_700_000_000_000),
      first_admitted_at: expect.any(Date),
      moved: false,
    });
    expect(await world.step(ids[1] ?? '')).toMatchObject({ status: 'pending', ring: 0 });
  });

  test('keeps when a step first was ready and first admitted', async () => {
    await admitFirst();
    const first = await world.step(ids[0] ?? '');
    await world.setStep(ids[0] ?? '', `status = 'pending', not_before = clock_timestamp()`);
    const steps = [{ id: ids[0] ?? '', readySince: 1_800_000_000_000 }];
    const decision = { steps, places: [], groups: [] };
    const rung = await world.db.transaction((tx) => writeAdmission(tx, run.taskId, decision));
    expect(rung).toEqual([{ id: ids[0], ring: 2 }]);
    const { ready_since, first_admitted_at } = first;
    expect(await world.step(ids[0] ?? '')).toMatchObject({ ready_since, first_admitted_at, not_before: null });
  });

  test.each(['admitted', 'running', 'waiting', 'ended'])('of a step that is %s is refused whole', async (status) => {
    await world.setStep(ids[0] ?? '', `status = '${status}'`);
    await ensure([need('bmc:1', { scope: 'step' })]);
    const steps = ids.map((id) => ({ id, readySince: 0 }));
    const place: NewPlace = { groupKey: 'bmc:1', scope: 'step', stepId: ids[1] ?? '', nodeName: null, weight: 1 };
    const decision = { steps, places: [place], groups: [] };
    await expect(world.db.transaction((tx) => writeAdmission(tx, run.taskId, decision))).rejects.toMatchObject({
      code: 'illegal_move',
      message: expect.stringContaining(ids[0] ?? ''),
    });
    expect(await world.step(ids[0] ?? '')).toMatchObject({ status, ring: 0 });
    expect(await world.step(ids[1] ?? '')).toMatchObject({ status: 'pending', ring: 0 });
    expect(await world.query('select 1 from place')).toEqual([]);
  });

  test('writes the state of a group so that it reads the same', async () => {
    await ensure([need('bmc:1', { scope: 'step', spacingMilliseconds: 5000, rampPerMinute: 30 })]);
    const state: GroupState = {
      key: 'bmc:1',
      limit: 8,
      held: 3,
      spacingMilliseconds: 5000,
      rampPerMinute: 30,
      rampTokens: 12.25,
      lastAdmittedAt: 1_700_000_000_125.5,
      closedUntil: null,
      doorSince: 1_700_000_000_250,
      doorIsHolding: true,
      doorSeenAt: 1_700_000_000_500,
    };
    const decision = { steps: [], places: [], groups: [state] };
    await world.db.transaction((tx) => writeAdmission(tx, run.taskId, decision));
    expect((await load(['bmc:1'])).groups.get('bmc:1')).toEqual(state);
  });
});

describe('given back are', () => {
  beforeEach(admitFirst);

  test('the places of a call when the step rests', async () => {
    await release({ restingStepIds: [ids[0] ?? ''] });
    expect(await held()).toEqual({ ...allHeld, steps: 0, 'maas:default': 0 });
  });

  test('the places of the step when it ends', async () => {
    await release({ endedStepIds: [ids[0] ?? ''] });
    expect(await held()).toEqual({ steps: 0, 'maas:default': 0, 'bmc:1': 0, 'node:default:n1': 1 });
  });

  test('the place of the node when its last step ended', async () => {
    await release({ nodeNames: ['n1'] });
    expect(await held()).toEqual({ ...allHeld, 'node:default:n1': 0 });
  });

  test('all of them, once, however often that is said', async () => {
    await release({ restingStepIds: [ids[0] ?? ''] });
    for (let time = 0; time < 2; time += 1) await release({ endedStepIds: [ids[0] ?? ''], nodeNames: ['n1'] });
    expect(Object.values(await held())).toEqual([0, 0, 0, 0]);
    expect(await world.query('select 1 from place')).toEqual([]);
  });

  test('no places of another step, node or task', async () => {
    await release({ endedStepIds: [ids[1] ?? ''], restingStepIds: [ids[1] ?? ''], nodeNames: ['n2'] });
    const other = await world.run();
    await world.db.transaction((tx) =>
      releasePlaces(tx, other.taskId, { endedStepIds: ids, restingStepIds: ids, nodeNames: ['n1'] }),
    );
    await world.db.transaction((tx) => releaseTask(tx, other.taskId));
    expect(await held()).toEqual(allHeld);
  });

  test('all places of the task when it ends', async () => {
    await world.db.transaction((tx) => releaseTask(tx, run.taskId));
    expect(Object.values(await held())).toEqual([0, 0, 0, 0]);
    expect(await world.query('select 1 from place')).toEqual([]);
  });

  test('as many as the place weighed', async () => {
    await world.query(`update place set weight = 5 where scope = 'call'`);
    await world.query(`update concurrency_group set held = 6 where key = 'maas:default'`);
    await release({ restingStepIds: [ids[0] ?? ''] });
    expect((await held())['maas:default']).toBe(1);
  });
});

describe('groups that are shut', () => {
  const closed = async () =>
    await world.query(
      `select key, round(extract(epoch from closed_until - clock_timestamp()))::int as seconds from concurrency_group order by key`,
    );
  const shut = (keys: readonly string[], seconds: number) =>
    world.db.transaction((tx) => shutGroups(tx, keys, seconds));
  beforeEach(() => ensure(['bmc:1', 'bmc:2'].map((key) => need(key, { scope: 'step' }))));

  test('are those that were named', async () => {
    await shut(['bmc:1'], 300);
    expect(await closed()).toEqual([
      { key: 'bmc:1', seconds: 300 },
      { key: 'bmc:2', seconds: null },
    ]);
    expect((await load(['bmc:1'])).groups.get('bmc:1')?.closedUntil).toBeGreaterThan(Date.now() + 200_000);
  });

  test('stay shut as long as anybody said', async () => {
    await shut(['bmc:1'], 300);
    await shut(['bmc:1'], 5);
    expect((await closed())[0]).toEqual({ key: 'bmc:1', seconds: 300 });
  });

  test('stay shut when their places are given back, the task ends or others are admitted', async () => {
    await admitFirst();
    await shut(['bmc:1'], 300);
    await world.db.transaction((tx) => releaseTask(tx, run.taskId));
    await world.db.transaction((tx) => writeAdmission(tx, run.taskId, { steps: [], places: [], groups: [] }));
    expect((await closed())[0]).toEqual({ key: 'bmc:1', seconds: 300 });
  });
});

describe('the limit of the steps in the queue', () => {
  const limit = async (stepsPerSlot = 4) => (await load(['steps'], stepsPerSlot)).groups.get('steps')?.limit;
  beforeEach(() => ensure([need('steps', { scope: 'steps', limit: 0 })]));

  test('is nothing without workers', async () => {
    expect(await limit()).toBe(0);
  });

  test('grows with the slots of the workers that live and take new steps', async () => {
    await world.holder(60, 'worker', 3);
    await world.holder(60, 'worker', 2);
    await world.holder(60, 'scheduler', 50);
    await world.holder(-1, 'worker', 100);
    await drainHolder(world.db, await world.holder(60, 'worker', 200));
    expect(await limit()).toBe(20);
    expect(await limit(2)).toBe(10);
  });

  test('is of that group alone', async () => {
    await world.holder(60, 'worker', 3);
    await ensure([need('maas:default', { limit: 7 })]);
    const { groups: loaded, now } = await load(['maas:default', 'nobody']);
    expect([...loaded].map(([key, group]) => [key, group.limit])).toEqual([['maas:default', 7]]);
    expect(now).toBeGreaterThan(1_700_000_000_000);
  });
});

describe('groups', () => {
  test('are made once, with full ramps, and take the limits of today', async () => {
    await ensure([need('deploy:default', { scope: 'step', limit: 30, rampPerMinute: 30 })]);
    await world.query('update concurrency_group set held = 5, ramp_tokens = 2');
    const today = need('deploy:default', { scope: 'step', limit: 10, rampPerMinute: 20, spacingMilliseconds: 7 });
    await ensure([today, today]);
    expect((await load(['deploy:default'])).groups.get('deploy:default')).toMatchObject({
      limit: 10,
      held: 5,
      rampPerMinute: 20,
      rampTokens: 2,
      spacingMilliseconds: 7,
    });
    await ensure([]);
    expect(await held()).toEqual({ 'deploy:default': 5 });
  });

  test('are made by two at once in any order', async () => {
    const needs = Array.from({ length: 200 }, (_, index) => need(`g${index}`));
    await Promise.all([ensure(needs), ensure([...needs].reverse())]);
    expect(Object.keys(await held())).toHaveLength(200);
  });
});
