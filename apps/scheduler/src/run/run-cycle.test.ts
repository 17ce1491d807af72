import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { defaultGroupLimits } from '@drydock/model';
import { MemoryEngine } from '../../test/memory-engine.js';
import { nodeFacts, plannedStep } from '../../test/plan-builders.js';
import { groupsByNode } from './node-facts.js';
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

const cycle = () => runCycle(state, { db: engine.database, run, stepsPerSlot: 1, groupsOf, surroundings });
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
