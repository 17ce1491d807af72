import { expect, test } from '@jest/globals';
import { backoffSeconds } from './backoff.js';

const policy = { baseSeconds: 2, factor: 3, capSeconds: 20 };

test.each([
  ['the first try waits the base at most', 0, 1, 2],
  ['each try multiplies it', 1, 1, 6],
  ['jitter takes any part of it', 1, 0.25, 1.5],
  ['jitter may take all of it', 1, 0, 0],
  ['the cap ends the growth', 3, 1, 20],
  ['jitter is of the cap then', 3, 0.5, 10],
  ['a try beyond all numbers is still capped', 100_000, 1, 20],
])('%s', (_name, tryNumber, random, seconds) => {
  expect(backoffSeconds(policy, tryNumber, random)).toBe(seconds);
});
