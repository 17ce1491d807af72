import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  observedKeys,
  readAllSteps,
  takeLease,
  takeMoves,
  wakeDueSteps,
  wakeObservers,
  type RunRef,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
let run: RunRef;
let stepId: string;
let ids: readonly string[];
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  run = await world.run();
  ids = await world.steps(run, [plannedStep(0), plannedStep(1, { nodeName: 'n2' }), plannedStep(2)]);
  stepId = ids[0] ?? '';
});
afterAll(() => world.close());

const inSeconds = (seconds: number) => `clock_timestamp() + make_interval(secs => ${seconds})`;
const moments = (now: unknown, seconds: number) => new Date(Number(now) + seconds * 1000).toISOString();
const wakeDue = () => world.db.transaction((tx) => wakeDueSteps(tx, run.taskId));

describe('a waiting step', () => {
  const waiting = (given: { claimed: number; notBefore: number | null; deadline: number }) =>
    world.setStep(
      stepId,
      `status = 'waiting', claimed_at = ${inSeconds(given.claimed)}, deadline_at = ${inSeconds(given.deadline)},
        not_before = ${given.notBefore === null ? 'null' : inSeconds(given.notBefore)}`,
    );

  test.each([
    ['whose time has come', { claimed: -10, notBefore: -1, deadline: 300 }, true],
    ['whose time is ahead', { claimed: -10, notBefore: 60, deadline: 300 }, false],
    ['that is observed, before its deadline', { claimed: -10, notBefore: null, deadline: 300 }, false],
    ['that is observed, at its deadline', { claimed: -10, notBefore: null, deadline: -1 }, true],
    ['whose time is after its deadline, at that', { claimed: -10, notBefore: 60, deadline: -1 }, true],
    ['that was called after its deadline, until its time', { claimed: -1, notBefore: 60, deadline: -5 }, false],
    ['that was called after its deadline, at its time', { claimed: -2, notBefore: -1, deadline: -5 }, true],
    ['that was called after its deadline and is observed', { claimed: -1, notBefore: null, deadline: -5 }, false],
  ])('%s: %p is due: %p', async (_name, given, isDue) => {
    await waiting(given);
    const due = await wakeDue();
    expect(due.map((step) => step.id)).toEqual(isDue ? [stepId] : []);
    expect(await world.step(stepId)).toMatchObject({ status: isDue ? 'pending' : 'waiting' });
  });

  test.each([
    ['claimed and reported before its deadline', { claimed: -10, notBefore: 60, deadline: 300 }, 60],
    ['claimed before its deadline, when that is earlier', { claimed: -10, notBefore: 600, deadline: 300 }, 300],
    ['claimed before its deadline and reported after it', { claimed: -10, notBefore: 600, deadline: -1 }, -1],
    [
      'claimed before its deadline, reported after it and observed',
      { claimed: -10, notBefore: null, deadline: -1 },
      -1,
    ],
    ['claimed after its deadline', { claimed: -1, notBefore: 60, deadline: -5 }, 60],
    ['claimed after its deadline and observed', { claimed: -1, notBefore: null, deadline: -5 }, null],
    ['claimed at its deadline and observed', { claimed: -5, notBefore: null, deadline: -5 }, null],
  ])('%s: memory is told the moment at which the database wakes it', async (_name, given, wakesIn) => {
    const at = await world.query('select clock_timestamp() as now');
    const now = at[0]?.['now'];
    const moment = (seconds: number | null) => (seconds === null ? 'null' : `'${moments(now, seconds)}'::timestamptz`);
    await world.setStep(
      stepId,
      `status = 'waiting', moved = true, claimed_at = ${moment(given.claimed)}, deadline_at = ${moment(given.deadline)},
        not_before = ${moment(given.notBefore)}`,
    );
    const [told] = await world.db.transaction((tx) => takeMoves(tx, run.taskId, 1));
    expect(told?.wakeMs ?? null).toBe(wakesIn === null ? null : Date.parse(moments(now, wakesIn)));
    expect((await wakeDue()).length).toBe(wakesIn !== null && wakesIn < 0 ? 1 : 0);
  });

  test('comes due once, and tells its scheduler what it must know', async () => {
    await waiting({ claimed: -10, notBefore: -1, deadline: 300 });
    expect(await wakeDue()).toEqual([
      expect.objectContaining({ id: stepId, key: 0, status: 'pending', end: null, notBeforeMs: null, stopping: false }),
    ]);
    expect(await wakeDue()).toEqual([]);
  });

  test('of another task is left alone', async () => {
    await waiting({ claimed: -10, notBefore: -1, deadline: 300 });
    const other = await world.run();
    expect(await world.db.transaction((tx) => wakeDueSteps(tx, other.taskId))).toEqual([]);
  });
});

describe('moves', () => {
  const take = (limit = 500) => world.db.transaction((tx) => takeMoves(tx, run.taskId, limit));

  test('are taken once, at most so many at a time', async () => {
    for (const id of ids) await world.setStep(id, `moved = true, status = 'ended', "end" = 'succeeded'`);
    const first = await take(2);
    const second = await take(2);
    expect([first.length, second.length]).toEqual([2, 1]);
    expect([...first, ...second].map((step) => step.id).sort()).toEqual([...ids].sort());
    expect(first[0]).toMatchObject({ status: 'ended', end: 'succeeded', errorClass: null });
    expect(await take()).toEqual([]);
  });

  test('are there again when the transaction that took them failed', async () => {
    await world.setStep(stepId, 'moved = true');
    const failing = world.db.transaction(async (tx) => {
      await takeMoves(tx, run.taskId, 500);
      throw new Error('run lost');
    });
    await expect(failing).rejects.toThrow('run lost');
    expect(await take()).toMatchObject([{ id: stepId }]);
  });

  test('that somebody else takes right now are not waited for', async () => {
    await world.setStep(stepId, 'moved = true');
    const held = await world.hold((tx) => takeMoves(tx, run.taskId, 500));
    expect(await take()).toEqual([]);
    await held.commit();
    expect(held.value).toHaveLength(1);
  });

  test('stay marked when all steps are read', async () => {
    await world.setStep(stepId, `moved = true, status = 'ended', "end" = 'failed', error_class = 'conflict'`);
    const stored = await world.db.transaction((tx) => readAllSteps(tx, run.taskId));
    expect(stored.map((step) => [step.key, step.moved, step.status])).toEqual([
      [0, true, 'ended'],
      [1, false, 'pending'],
      [2, false, 'pending'],
    ]);
    expect(stored[0]).toMatchObject({ verb: 'power_on_node', nodeName: 'n1', needs: [], join: 'all', maxAttempts: 1 });
    expect(await take()).toMatchObject([{ id: stepId, errorClass: 'conflict' }]);
  });
});

describe('an observer', () => {
  const observe = (id: string | undefined, key: string, seen: string, source = 'maas:default') =>
    world.setStep(
      id ?? '',
      `status = 'waiting', observe_source = '${source}', observe_key = '${key}', observe_seen = '${seen}'`,
    );
  beforeEach(async () => {
    await observe(ids[0], 'abc', 'Deploying');
    await observe(ids[1], 'def', 'Deploying');
    await observe(ids[2], 'abc', 'Deploying', 'maas:other');
  });

  test('asks about what the waiting steps of its source look at, each thing once', async () => {
    await observe(ids[2], 'abc', 'Ready');
    expect([...(await observedKeys(world.db, 'maas:default'))].sort()).toEqual(['abc', 'def']);
    await world.setStep(ids[1] ?? '', `status = 'pending'`);
    expect(await observedKeys(world.db, 'maas:default')).toEqual(['abc']);
  });

  test('wakes only the steps of its source that last read another value', async () => {
    const values = [
      { key: 'abc', value: 'Deployed' },
      { key: 'def', value: 'Deploying' },
      { key: 'ghi', value: 'New' },
    ];
    expect(await wakeObservers(world.db, 'maas:default', values)).toEqual([
      { id: ids[0], taskId: run.taskId, verb: 'power_on_node', nodeName: 'n1' },
    ]);
    const stored = await world.query('select status, moved, not_before from step order by key');
    expect(stored).toEqual([
      { status: 'pending', moved: true, not_before: null },
      { status: 'waiting', moved: false, not_before: null },
      { status: 'waiting', moved: false, not_before: null },
    ]);
    expect(await wakeObservers(world.db, 'maas:default', values)).toEqual([]);
  });

  test('wakes nobody when it found nothing', async () => {
    expect(await wakeObservers(world.db, 'maas:default', [])).toEqual([]);
  });

  test('wakes a step once, however many observe', async () => {
    const values = [{ key: 'abc', value: 'Deployed' }];
    const woken = await Promise.all([1, 2, 3].map(() => wakeObservers(world.db, 'maas:default', values)));
    expect(woken.flat()).toHaveLength(1);
  });
});

describe('a named lease', () => {
  const fence = async () => (await world.query('select fence from lease'))[0]?.['fence'];

  test('has one holder, who may take it again', async () => {
    const [one, two] = [await world.holder(), await world.holder()];
    const taken = await Promise.all([one, two].map((holder) => takeLease(world.db, 'observer:maas:default', holder)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const [owner, other] = taken[0] ? [one, two] : [two, one];
    expect(await takeLease(world.db, 'observer:maas:default', owner)).toBe(true);
    expect(await takeLease(world.db, 'observer:maas:default', other)).toBe(false);
    expect(await takeLease(world.db, 'observer:maas:second', other)).toBe(true);
  });

  test.each<[string, (holderId: string) => Promise<unknown>]>([
    ['expired', (holderId) => world.kill(holderId)],
    ['retired', (holderId) => world.query('delete from holder where id = $1', [holderId])],
  ])('is free when its holder %s, and its fence grows', async (_name, given) => {
    const [one, two] = [await world.holder(), await world.holder()];
    await takeLease(world.db, 'l', one);
    await given(one);
    expect(await takeLease(world.db, 'l', two)).toBe(true);
    expect(await fence()).toBe('2');
    expect(await takeLease(world.db, 'l', two)).toBe(true);
    expect(await fence()).toBe('2');
  });

  test('of a dead holder goes to one of those who ask at once', async () => {
    await takeLease(world.db, 'l', await world.holder(-1));
    const heirs = [await world.holder(), await world.holder(), await world.holder()];
    const taken = await Promise.all(heirs.map((heir) => takeLease(world.db, 'l', heir)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});
