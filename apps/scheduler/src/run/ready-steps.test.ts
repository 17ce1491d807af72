import { describe, expect, it } from '@jest/globals';
import { ReadySteps } from './ready-steps.js';

const parked = (key: number, readySince: number, isHolding = false) => ({ key, readySince, isHolding });

describe('ready steps', () => {
  it('are considered until they are parked or taken away', () => {
    const ready = new ReadySteps();
    for (const key of [1, 2, 3]) ready.add(key);
    ready.park(parked(2, 0), 'g');
    ready.remove(3);
    expect(ready.take(10)).toEqual([1]);
    expect(ready.parkedGroups()).toEqual(['g']);
  });

  it('come back oldest first, whenever they were parked', () => {
    const ready = new ReadySteps();
    ready.park(parked(1, 30), 'g');
    ready.park(parked(2, 10), 'g');
    ready.park(parked(3, 20), 'g');
    ready.unpark('g', 2);
    expect(ready.take(10)).toEqual([2, 3]);
  });

  it('come back before all others when they hold lasting places already', () => {
    const ready = new ReadySteps();
    ready.park(parked(1, 10), 'g');
    ready.park(parked(2, 99, true), 'g');
    ready.unpark('g', 1);
    expect(ready.take(10)).toEqual([2]);
  });

  it('keep the order of the plan among those that became ready together, however often they are refused', () => {
    const ready = new ReadySteps();
    for (const key of [2, 3, 1]) ready.park(parked(key, 10), 'g');
    ready.unpark('g', 1);
    expect(ready.take(10)).toEqual([1]);
    ready.park(parked(1, 10), 'g');
    ready.unpark('g', 2);
    expect(ready.take(10)).toEqual([1, 2]);
  });

  it('leave their lot when their time comes', () => {
    const ready = new ReadySteps();
    ready.park(parked(1, 10), 'g');
    ready.add(1);
    ready.unpark('g', 1);
    expect([ready.take(10), ready.parkedGroups()]).toEqual([[1], []]);
  });

  it('move between lots without standing in two', () => {
    const ready = new ReadySteps();
    ready.park(parked(1, 10), 'a');
    ready.park(parked(1, 10), 'b');
    ready.unpark('a', 5);
    expect(ready.take(10)).toEqual([]);
    ready.unparkSome(5);
    expect(ready.take(10)).toEqual([1]);
  });
});
