import { describe, expect, it } from '@jest/globals';
import type { GroupNeed, GroupScope } from '@drydock/model';
import { plannedStep } from '../../test/plan-builders.js';
import { freshStep, type LiveStep, RunState } from './run-state.js';

const need = (key: string, scope: GroupScope): GroupNeed => ({
  key,
  scope,
  limit: 1,
  weight: 1,
  spacingMilliseconds: 0,
  rampPerMinute: 0,
  guardsMachine: false,
});
const groups = [need('steps', 'steps'), need('node:n1', 'task'), need('bmc:1', 'step')];

function stateWith(...nodeNames: readonly (string | null)[]): { readonly state: RunState; readonly steps: LiveStep[] } {
  const state = new RunState();
  const steps = nodeNames.map((nodeName, key) => freshStep(`s${key}`, plannedStep(key, { nodeName }), groups));
  for (const step of steps) state.add(step);
  return { state, steps };
}

function only(steps: readonly LiveStep[]): LiveStep {
  if (!steps[0]) throw new Error('no step');
  return steps[0];
}

describe('the state of a run', () => {
  it('counts what is open, in all and per node', () => {
    const { state, steps } = stateWith('n1', 'n1', 'n2', null);
    expect([state.percentEnded, state.isOver, state.openIn('n1'), state.nextKey]).toEqual([0, false, 2, 4]);
    state.close(only(steps), 'succeeded');
    expect([state.percentEnded, state.openIn('n1'), state.openIn('n2')]).toEqual([25, 1, 1]);
    for (const step of steps) state.close(step, 'failed');
    expect([state.percentEnded, state.isOver, state.openIn('n1')]).toEqual([100, true, 0]);
  });

  it('closes a step once, with its first end', () => {
    const { state, steps } = stateWith('n1');
    const step = only(steps);
    expect([state.close(step, 'succeeded'), state.close(step, 'failed')]).toEqual([true, false]);
    expect(state.endedSteps()).toEqual([{ verb: 'noop', nodeName: 'n1', attempt: 0, end: 'succeeded' }]);
    expect(state.openIn('n1')).toBe(0);
  });

  it('takes steps that had ended as they are', () => {
    const state = new RunState();
    state.add({ ...freshStep('s0', plannedStep(0), []), status: 'ended', end: 'absent' });
    expect([state.isOver, state.openIn('n1'), state.endedSteps().length]).toEqual([true, 0, 1]);
  });

  it('counts the places of its steps by group, those that were taken before it was rebuilt too', () => {
    const state = new RunState();
    const [first, second] = [0, 1].map((key) => ({
      ...freshStep(`s${key}`, plannedStep(key), groups),
      held: new Set<string>(),
    }));
    if (!first || !second) throw new Error('no steps');
    first.held.add('steps');
    for (const step of [first, second]) state.add(step);
    const company = () => [...state.candidateOf(second, 0).company];
    for (const _twice of [1, 2]) state.hold(second, 'steps');
    expect(company()).toEqual([['steps', 2]]);
    for (const _twice of [1, 2]) state.letGo(second, 'steps');
    expect(company()).toEqual([['steps', 1]]);
    state.letGo(first, 'steps');
    expect(company()).toEqual([]);
  });

  it('knows the plan of a node, and of the site', () => {
    const { state } = stateWith('n1', null, 'n1');
    const keys = (nodeName: string | null) => state.plannedOf(nodeName).map(({ key }) => key);
    expect([keys('n1'), keys(null), keys('n9')]).toEqual([[0, 2], [1], []]);
  });
});

describe('an offered step', () => {
  it.each([
    ['is ready now', null, [0], null],
    ['whose time has come is ready now', 100, [0], null],
    ['that is not due stands on the clock', 101, [], 101],
  ])('%s', (_case, notBefore, ready, nextAt) => {
    const { state, steps } = stateWith('n1');
    only(steps).notBefore = notBefore;
    state.offer(only(steps), 100);
    expect([state.ready.take(9), state.timers.nextAt]).toEqual([ready, nextAt]);
  });

  it.each(['admitted', 'running', 'waiting', 'ended'] as const)('that is %s goes nowhere', (status) => {
    const { state, steps } = stateWith('n1');
    only(steps).status = status;
    state.offer(only(steps), 100);
    expect([state.ready.take(9), state.timers.nextAt]).toEqual([[], null]);
  });

  it('keeps the time at which it was ready first', () => {
    const { state, steps } = stateWith('n1');
    state.offer(only(steps), 100);
    state.offer(only(steps), 200);
    expect(only(steps).readySince).toBe(100);
  });
});

describe('a candidate', () => {
  const candidate = (held: readonly string[], heldNodes: readonly string[]) => {
    const { state, steps } = stateWith('n1');
    for (const key of held) only(steps).held.add(key);
    for (const name of heldNodes) state.heldNodes.add(name);
    const { needs, isHolding } = state.candidateOf(only(steps), 100);
    return [needs.map(({ key }) => key), isHolding];
  };

  it.each([
    ['that holds nothing needs a place everywhere', [], [], ['steps', 'node:n1', 'bmc:1'], false],
    ['whose node is ours needs no second place there', [], ['n1'], ['steps', 'bmc:1'], true],
    ['keeps the lasting places that it has', ['bmc:1'], ['n1'], ['steps'], true],
    ['is not helped by the node of another', [], ['n2'], ['steps', 'node:n1', 'bmc:1'], false],
  ])('%s', (_case, held, heldNodes, needs, isHolding) => {
    expect(candidate(held, heldNodes)).toEqual([needs, isHolding]);
  });
});

describe('the state of a run whose task was terminated', () => {
  it('offers nothing any more but what still owes something to its machine', () => {
    const { state, steps } = stateWith('n1', 'n2', 'n3');
    for (const step of steps) state.offer(step, 0);
    const [owing, other] = steps;
    if (!owing || !other) throw new Error('no steps');
    state.stop(0);
    expect([state.isStopping, state.ready.take(9)]).toEqual([true, []]);
    owing.isSettling = true;
    state.offer(owing, 0);
    state.offer(other, 0);
    state.stop(0);
    expect(state.ready.take(9)).toEqual([0]);
  });

  it('knows what is still open', () => {
    const { state, steps } = stateWith('n1', 'n2');
    state.close(only(steps), 'cancelled');
    expect(state.openSteps()).toEqual([steps[1]]);
  });
});
