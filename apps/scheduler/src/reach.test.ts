import { expect, it } from '@jest/globals';
import { Reach } from './reach.js';

it('expires nobody during an outage, nor for one more lease after it', () => {
  let now = 0;
  const reach = new Reach(3000, () => now);
  const at = (moment: number, reached: boolean): boolean => {
    now = moment;
    if (reached) reach.reached();
    return reach.mayExpire;
  };
  expect([at(1000, true), at(3900, false), at(4100, false)]).toEqual([true, true, false]);
  expect([at(9000, true), at(11_000, true), at(12_000, true)]).toEqual([false, false, true]);
});
