import { describe, expect, test } from '@jest/globals';
import { createLane } from './lane.js';

/** Everything that is ready to run has run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a lane', () => {
  test('runs so many at once, the others in order, and frees its place after a failure', async () => {
    const lane = createLane(2);
    const { signal } = new AbortController();
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const run = (index: number) =>
      lane.run(signal, async () => {
        begun.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (index === 0) throw new Error('failed');
      });
    const all = [0, 1, 2, 3].map(run);
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[0]?.();
    await expect(all[0]).rejects.toThrow('failed');
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    ends[1]?.();
    await all[1];
    await settled();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    await Promise.all(all.slice(1));
  });
});
