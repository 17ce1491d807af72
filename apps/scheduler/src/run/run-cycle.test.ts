import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { defaultGroupLimits, defaultRetryPolicy, groupsByNode } from '@drydock/model';
import { MemoryEngine } from '../../test/memory-engine.js';
import { nodeFacts, plannedStep } from '../../test/plan-builders.js';
import type { RunState } from './run-state.js';

let engine = new MemoryEngine(1000);
const stores = Object.fromEntries(
  (Object.keys(engine.stores) as (keyof MemoryEngine['stores'])[]).map((name) => [
    name,
    (...given: readonly unknown[]) => Reflect.apply(engine.stores[name], null, given) as unknown,
  ]),
);
jest.unstable_mockModule('@drydock/model/db', () => stores);
const { runCycle } = await import('./run-cycle.js');
const { rebuildState } = await import('./rebuild-state.js');

const run = { lane: 'a', taskId: 't1', epoch: 1, holderId: 'h1' };
const count = 40;
const names = Array.from({ length: count }, (_, index) => `n${index}`);
const nodes = names.map((name, index) =>
  nodeFacts(name, { oobType: 'redfish', bmcAddress: `10.0.0.${index}`, rack: 'r1' }),
);
const groupsOf = groupsByNode(nodes, 'east', { ...defaultGroupLimits, rackPower: 100 });
const surroundings = { random: () => 0.5, attemptBackoff: { baseSeconds: 1, factor: 2, capSeconds: 8 } };
const rack = 'rack:east:r1:power';
let state: RunState;

const cycle = () =>
  runCycle(state, {
    db: engine.database,
    run,
    stepsPerSlot: 1,
    doorAfterMilliseconds: 30_000,
    groupsOf,
    retryPolicy: defaultRetryPolicy,
    surroundings,
  });
const admitted = () => engine.stored.rows.filter(({ status }) => status === 'admitted').length;

/** All machines of one rack want to be switched on: one a second. */
beforeEach(async () => {
  engine = new MemoryEngine(1000);
  const steps = names.map((nodeName, key) => plannedStep(key, { verb: 'power_on_node', nodeName }));
  await engine.stores.insertSteps(null, run, steps);
  state = await rebuildState(engine.database, run, groupsOf);
});

describe('a group with a spacing', () => {
  it('has one alarm, however many steps it refused', async () => {
    await cycle();
    expect([admitted(), state.timers.nextAt, state.nextWakeAt]).toEqual([1, null, engine.now + 1000]);
    expect(state.alarms.takeDue(engine.now + 1000)).toEqual([rack]);
    expect(state.nextWakeAt).toBeNull();
  });

  it('is not asked again before its time, and admits the next one then, in one pass', async () => {
    await cycle();
    engine.passes = 0;
    await cycle();
    expect([admitted(), engine.passes]).toEqual([1, 0]);
    for (let second = 1; second < count; second += 1) {
      engine.now += 1000;
      engine.passes = 0;
      await cycle();
      expect([admitted(), engine.passes]).toEqual([second + 1, 1]);
    }
    expect([state.nextWakeAt, state.ready.parkedGroups()]).toEqual([null, []]);
  });
});

describe('an end whose effect nobody knows', () => {
  const fail = (errorClass: 'effect_unknown' | 'worker_died') => {
    const row = engine.stored.rows.find(({ status }) => status === 'admitted');
    if (!row) throw new Error('nothing is admitted');
    engine.move(row, { status: 'ended', end: 'failed', errorClass });
    return row.nodeName;
  };
  const shut = () =>
    [...engine.stored.groups.values()].flatMap(({ key, closedUntil }) =>
      closedUntil === null ? [] : [[key, closedUntil]],
    );

  it('leaves the BMC and the node of its machine shut for 300 s, and says so', async () => {
    await cycle();
    expect(fail('effect_unknown')).toBe('n0');
    const { shutGroups } = await cycle();
    const until = engine.now + 300_000;
    expect(shut()).toEqual([
      ['node:east:n0', until],
      ['bmc:10.0.0.0:443', until],
    ]);
    expect(shutGroups).toEqual(['node:east:n0', 'bmc:10.0.0.0:443']);
    expect(engine.stored.places.filter(({ groupKey }) => groupKey.endsWith('n0'))).toEqual([]);
  });

  it('shuts nothing when no effect was open', async () => {
    await cycle();
    fail('worker_died');
    await cycle();
    expect(shut()).toEqual([]);
  });
});

it('a step that waits anew is not looked at by the time of its former wait', async () => {
  await cycle();
  const row = engine.stored.rows.find(({ status }) => status === 'admitted');
  if (!row) throw new Error('nothing is admitted');
  engine.now += 60_000;
  engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 1000 });
  await cycle();
  engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 9000 });
  await cycle();
  state.alarms.takeDue(Infinity);
  const until = engine.now + 9000;
  engine.now += 1000;
  await cycle();
  expect(state.timers.nextAt).toBe(until);
  engine.now = until;
  await cycle();
  expect(row.status).toBe('admitted');
});

it('a group that was purged is made again by whoever needs it', async () => {
  engine.stored.groups.delete(rack);
  await cycle();
  expect([admitted(), engine.stored.groups.get(rack)?.held]).toEqual([1, 1]);
});

it('a cycle tells the moves that it made', async () => {
  const { ownMoves } = await cycle();
  expect(ownMoves.map(({ event, step }) => [event, step.planned.nodeName])).toEqual([['admit', 'n0']]);
});

describe('a task that is paused', () => {
  const begin = async () => {
    await cycle();
    const row = engine.stored.rows.find(({ status }) => status === 'admitted');
    if (!row) throw new Error('nothing is admitted');
    Object.assign(row, { status: 'running', hasBegun: true });
    return row;
  };

  it('begins nothing, however long, and goes on where it stood when it is resumed', async () => {
    const row = await begin();
    engine.stored.isPaused = true;
    engine.move(row, { status: 'ended', end: 'succeeded' });
    for (let second = 0; second < 5; second += 1) {
      engine.now += 1000;
      await cycle();
      state.ready.unparkSome(8);
    }
    expect(admitted()).toBe(0);
    engine.stored.isPaused = false;
    await cycle();
    expect(admitted()).toBe(1);
  });

  it('goes on with what has begun: through a wait, and with the places that it kept', async () => {
    const row = await begin();
    engine.stored.isPaused = true;
    engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 1000 });
    await cycle();
    expect(engine.stored.places.map(({ groupKey }) => groupKey)).toContain(rack);
    engine.now += 1000;
    await cycle();
    expect([admitted(), row.status]).toEqual([1, 'admitted']);
  });

  it('admits nothing on what was true before the pause', async () => {
    const guard = engine.stores.guardCycle;
    Object.assign(engine.stores, { guardCycle: async () => ({ ...(await guard()), isPaused: false }) });
    engine.stored.isPaused = true;
    await cycle();
    expect(admitted()).toBe(0);
  });
});

describe('a task that is terminated', () => {
  const running = async () => {
    await cycle();
    const row = engine.stored.rows.find(({ status }) => status === 'admitted');
    if (!row) throw new Error('nothing is admitted');
    Object.assign(row, { status: 'running', hasBegun: true });
    return row;
  };
  const ends = () => new Set(engine.stored.rows.map(({ end }) => end));

  it('ends in one cycle when nobody executes anything, with every place given back', async () => {
    await cycle();
    engine.stored.isTerminating = true;
    const { result, rings, ownMoves } = await cycle();
    expect(result).toEqual({ status: 'failure', successes: [], failures: names });
    expect([rings, engine.stored.places, ends()]).toEqual([[], [], new Set(['cancelled'])]);
    expect(ownMoves.map(({ event }) => event)).toEqual(names.map(() => 'cancel'));
  });

  it('waits for what a worker executes, and counts what it did', async () => {
    const row = await running();
    engine.stored.isTerminating = true;
    expect((await cycle()).result).toBeNull();
    expect(engine.stored.rows.filter(({ status }) => status !== 'ended')).toEqual([row]);
    engine.move(row, { status: 'ended', end: 'succeeded' });
    expect((await cycle()).result).toMatchObject({ status: 'partial_success', successes: ['n0'] });
  });

  it('brings a step at once back that waits with an open effect, and cancels it when that is settled', async () => {
    const row = await running();
    engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 60_000, isOwing: true });
    engine.stored.isTerminating = true;
    const { rings } = await cycle();
    expect([row.status, row.stopping, rings.map(({ id }) => id)]).toEqual(['admitted', true, ['s0']]);
    Object.assign(row, { status: 'running' });
    engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 5000 });
    await cycle();
    expect([row.status, state.timers.nextAt]).toEqual(['waiting', engine.now + 5000]);
    engine.move(row, { status: 'pending', isOwing: false });
    expect((await cycle()).result?.failures).toEqual(names);
    expect([engine.stored.places, ends()]).toEqual([[], new Set(['cancelled'])]);
  });

  it('rings again for a step that was given back with an open effect', async () => {
    const row = await running();
    engine.move(row, { status: 'admitted', isOwing: true });
    engine.stored.isTerminating = true;
    expect((await cycle()).rings).toEqual([{ id: 's0', ring: 2, taskId: 't1', verb: 'power_on_node', nodeName: 'n0' }]);
    expect((await cycle()).rings).toEqual([]);
  });

  it('tries nothing again', async () => {
    const row = await running();
    engine.stored.isTerminating = true;
    engine.move(row, { status: 'ended', end: 'failed', errorClass: 'machine_failed' });
    expect((await cycle()).result).toMatchObject({ status: 'failure' });
    expect(engine.stored.rows).toHaveLength(count);
  });

  it('ends under another scheduler too', async () => {
    const row = await running();
    engine.move(row, { status: 'waiting', notBeforeMs: engine.now + 60_000, isOwing: true });
    engine.stored.isTerminating = true;
    await cycle();
    state = await rebuildState(engine.database, run, groupsOf);
    Object.assign(row, { status: 'running' });
    engine.move(row, { status: 'ended', end: 'cancelled', isOwing: false });
    expect((await cycle()).result?.status).toBe('failure');
  });

  it('ends while it is paused', async () => {
    await cycle();
    engine.stored.isPaused = true;
    engine.stored.isTerminating = true;
    expect((await cycle()).result).not.toBeNull();
  });
});
