import { expect, test } from '@jest/globals';
import { percentile } from './percentile.js';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test.each([
  [hundred, 50, 50],
  [hundred, 99, 99],
  [hundred, 100, 100],
  [[7], 50, 7],
  [[7], 99, 7],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 51, 3],
])('of %j the %i th percentile is %i', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected);
});

test('no values have no percentile', () => {
  expect(() => percentile([], 50)).toThrow(RangeError);
});
