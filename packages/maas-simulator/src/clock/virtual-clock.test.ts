import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from './virtual-clock.js';

/** So slow that only `advance` moves it. */
const almostStill = 1e-9;
let clock: VirtualClock;

afterEach(() => clock.close());

describe('virtual clock', () => {
  test('work runs in the order of its time, equal times in the order of scheduling', () => {
    clock = new VirtualClock(almostStill);
    const seen: string[] = [];
    for (const [seconds, name] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [3, 'b'],
      [9, 'never'],
    ] as const) {
      clock.schedule(seconds, () => void seen.push(name));
    }
    clock.advance(6);
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  test('work that schedules work within the same advance runs too', () => {
    clock = new VirtualClock(almostStill);
    const seen: number[] = [];
    const tick = (): void => {
      seen.push(Math.round(clock.nowSeconds()));
      clock.schedule(2, tick);
    };
    clock.schedule(2, tick);
    clock.advance(7);
    expect(seen).toEqual([2, 4, 6]);
  });

  test('cancelled work does not run', () => {
    clock = new VirtualClock(almostStill);
    const seen: string[] = [];
    clock.schedule(1, () => void seen.push('a')).cancel();
    clock.schedule(2, () => void seen.push('b'));
    clock.advance(3);
    expect(seen).toEqual(['b']);
  });

  test('at scale 0 work jumps to its time, and a deadline waits for advance', async () => {
    clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.scheduleDeadline(10, () => void seen.push('deadline'));
    await new Promise<void>((resolve) => {
      clock.schedule(3600, () => {
        seen.push('work');
        resolve();
      });
    });
    expect(seen).toEqual(['work']);
    expect(clock.nowSeconds()).toBe(3600);
    clock.advance(0);
    expect(seen).toEqual(['work', 'deadline']);
  });

  test('a change of scale keeps the time that has passed', () => {
    clock = new VirtualClock(almostStill);
    clock.advance(100);
    clock.setScale(0);
    expect(Math.round(clock.nowSeconds())).toBe(100);
  });

  test('a closed clock takes no more work', () => {
    clock = new VirtualClock(almostStill);
    const seen: string[] = [];
    clock.close();
    clock.schedule(0, () => void seen.push('late'));
    clock.advance(1);
    expect(seen).toEqual([]);
  });
});
