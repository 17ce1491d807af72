import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { defaultGroupLimits, groupsByNode, type PlannedStep, type RetryPolicy } from '@drydock/model';
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
const groupsOf = groupsByNode(
  [nodeFacts('n1', { oobType: 'redfish', bmcAddress: '10.0.0.1' })],
  'east',
  defaultGroupLimits,
);
const surroundings = { random: () => 1, attemptBackoff: { baseSeconds: 4, factor: 2, capSeconds: 60 } };
const plenty = { tries: 100, refillPerHour: 0 };
const none = { tries: 1, refillPerHour: 0 };
const node = 'node:east:n1';
const bmc = 'bmc:10.0.0.1:443';
let state: RunState;

async function begin(planned: Partial<PlannedStep> = {}): Promise<void> {
  await engine.stores.insertSteps(null, run, [plannedStep(0, { verb: 'set_node_boot', ...planned })]);
  state = await rebuildState(engine.database, run, groupsOf);
}

const cycle = (policy: Partial<RetryPolicy> = {}) =>
  runCycle(state, {
    db: engine.database,
    run,
    stepsPerSlot: 1,
    doorAfterMilliseconds: 30_000,
    groupsOf,
    retryPolicy: { stepTries: 100, node: plenty, bmc: plenty, ...policy },
    surroundings,
  });

/** As a worker does: claims the step, and its call throws. */
function throwOnce(backoffMilliseconds = 10_000): void {
  const row = engine.row('s0');
  if (row?.status !== 'admitted') throw new Error(`the step is ${row?.status}`);
  row.claimedMs = engine.now;
  row.deadlineMs ??= engine.now + 60_000;
  engine.move(row, {
    status: 'pending',
    notBeforeMs: engine.now + backoffMilliseconds,
    triesTotal: row.triesTotal + 1,
  });
}

async function tryTwice(policy: Partial<RetryPolicy>): Promise<void> {
  await cycle(policy);
  throwOnce(0);
  await cycle(policy);
  throwOnce();
}

const shown = () => {
  const { status, exhaustedBudget, deadlineMs } = engine.row('s0') ?? {};
  return { status, exhaustedBudget, isOver: deadlineMs === engine.now };
};

beforeEach(() => {
  engine = new MemoryEngine(1000);
});

describe('a call that threw', () => {
  it('is paid by the budgets of its node and its BMC, once, also when another scheduler takes over', async () => {
    await begin();
    await cycle();
    throwOnce();
    engine.faultAt = 'releasePlaces';
    await expect(cycle()).rejects.toThrow('releasePlaces');
    expect([...engine.stored.budgets]).toEqual([]);
    state = await rebuildState(engine.database, run, groupsOf);
    await cycle();
    await cycle();
    expect([...engine.stored.budgets.values()].map(({ key, tokens }) => [key, tokens])).toEqual([
      [node, 99],
      [bmc, 99],
    ]);
    expect(shown()).toEqual({ status: 'pending', exhaustedBudget: null, isOver: false });
  });

  it('is not paid by a BMC that the step does not use', async () => {
    await begin({ verb: 'apply_node_platform' });
    await cycle();
    throwOnce();
    await cycle();
    expect([...engine.stored.budgets.keys()]).toEqual([node]);
  });

  it.each<[string, Partial<RetryPolicy>, string]>([
    ['its BMC', { bmc: none }, bmc],
    ['its node', { node: none }, node],
    ['the step itself', { stepTries: 1 }, 'the step'],
  ])('is followed by the last call, at once, when %s has no try left', async (_whose, policy, budget) => {
    await begin();
    await tryTwice(policy);
    const { exhausted } = await cycle(policy);
    expect(exhausted.map((one) => one.budget)).toEqual([budget]);
    expect(shown()).toEqual({ status: 'admitted', exhaustedBudget: budget, isOver: true });
  });

  it('gets no other last call when that one leaves an effect open: it is looked for as the worker asked', async () => {
    await begin();
    await tryTwice({ bmc: none });
    await cycle({ bmc: none });
    throwOnce(5000);
    engine.now += 1000;
    await cycle({ bmc: none });
    expect(shown()).toMatchObject({ status: 'pending', isOver: false });
    expect(state.timers.nextAt).toBe(engine.now + 4000);
  });

  it('may be tried again when time has filled the budget', async () => {
    const policy = { bmc: { tries: 1, refillPerHour: 3600 } };
    await begin();
    await cycle(policy);
    throwOnce(1000);
    await cycle(policy);
    engine.now += 1000;
    await cycle(policy);
    throwOnce();
    await cycle(policy);
    expect(shown()).toEqual({ status: 'pending', exhaustedBudget: null, isOver: false });
  });
});

describe('a step that failed', () => {
  const fail = () =>
    engine.move(engine.row('s0') ?? raise(), { status: 'ended', end: 'failed', errorClass: 'machine_failed' });
  const notes = () => engine.stored.stepNotes.map(({ stepId, text }) => `${stepId}: ${text}`);

  it('begins again when its budgets can pay, and says when', async () => {
    await begin({ maxAttempts: 4 });
    await cycle();
    fail();
    const { fresh } = await cycle();
    expect(fresh.map(({ delaySeconds }) => delaySeconds)).toEqual([4]);
    expect(engine.stored.budgets.get(node)?.tokens).toBe(99);
    expect(notes()).toEqual([
      's0: attempt 1 of 4 failed (machine_failed); attempt 2 begins with set_node_boot in 4.0 s',
    ]);
  });

  it('does not begin again when its node has no try left, and says so', async () => {
    await begin({ maxAttempts: 4 });
    await cycle();
    engine.stored.budgets.set(node, { key: node, tokens: 0.9, refilledAt: engine.now });
    fail();
    const { fresh, result } = await cycle();
    expect(fresh).toEqual([]);
    expect(result).toMatchObject({ status: 'failure', failures: ['n1'] });
    expect(notes()).toEqual([`s0: attempt 1 of 4 was the last: the retry budget of ${node} is used up`]);
  });

  it('costs nothing when it was its last attempt', async () => {
    await begin();
    await cycle();
    fail();
    await cycle();
    expect([...engine.stored.budgets]).toEqual([]);
  });
});

function raise(): never {
  throw new Error('no step');
}
