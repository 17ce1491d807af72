import { expect, test } from '@jest/globals';
import { ticksIn } from './processor-seconds.js';

test.each([
  ['a plain name', '4711 (node) S 1 4711 4711 0 -1 4194304 90 0 0 0 250 31 7 9 20 0 11 0 100'],
  ['a name with brackets and blanks', '4711 (a) b (c) S 1 4711 4711 0 -1 4194304 90 0 0 0 250 31 7 9 20 0 11 0 100'],
])('user and system time are added, the children left out: %s', (_, stat) => {
  expect(ticksIn(stat)).toBe(281);
});
