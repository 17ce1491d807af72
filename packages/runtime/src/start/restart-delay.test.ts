import { expect, test } from '@jest/globals';
import { restartDelayMs } from './restart-delay.js';

test.each([
  [0, 0, 200],
  [1, 0, 400],
  [3, 0, 1600],
  [20, 0, 10_000],
  [20, 60_000, 200],
])('after %i restarts and a life of %i ms it waits %i ms', (restarts, livedMs, waitMs) => {
  expect(restartDelayMs(restarts, livedMs)).toBe(waitMs);
});
