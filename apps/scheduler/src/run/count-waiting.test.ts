import { expect, it } from '@jest/globals';
import { plannedStep } from '../../test/plan-builders.js';
import { pausedLot } from './admit-ready.js';
import { countWaiting } from './count-waiting.js';
import { freshStep, RunState } from './run-state.js';

const now = 1000;

function add(state: RunState, key: number) {
  const step = freshStep(`s${key}`, plannedStep(key), []);
  state.add(step);
  return step;
}

it('every step that is not with a worker is counted under what it waits for', () => {
  const state = new RunState();
  add(state, 0);
  add(state, 1).status = 'admitted';
  add(state, 2).status = 'waiting';
  state.close(add(state, 3), 'succeeded');
  const later = add(state, 4);
  later.notBefore = now + 5000;
  for (const key of [5, 6, 7, 8]) state.offer(add(state, key), now);
  state.offer(later, now);
  const parked = (key: number) => ({ key, readySince: now, isHolding: false });
  state.ready.park(parked(5), 'bmc:10.0.0.1:623');
  state.ready.park(parked(6), 'bmc:10.0.0.2:623');
  state.ready.park(parked(7), pausedLot);
  expect(countWaiting(state)).toEqual([
    { reason: 'need', group: '', count: 1 },
    { reason: 'machine', group: '', count: 1 },
    { reason: 'backoff', group: '', count: 1 },
    { reason: 'ready', group: '', count: 1 },
    { reason: 'group', group: 'bmc', count: 2 },
    { reason: 'paused', group: '', count: 1 },
  ]);
});
