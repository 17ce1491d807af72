import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Timers } from './timers.js';

it('gives every key once, in the order of time, and none early', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.nat(1000), (times, now) => {
      const timers = new Timers<number>();
      for (const [key, at] of times.entries()) timers.add(at, key);
      const due = timers.takeDue(now).map((key) => times[key] ?? -1);
      const expected = times.filter((at) => at <= now).toSorted((left, right) => left - right);
      const next = times.filter((at) => at > now);
      expect(due).toEqual(expected);
      expect(timers.nextAt).toBe(next.length === 0 ? null : Math.min(...next));
    }),
  );
});
