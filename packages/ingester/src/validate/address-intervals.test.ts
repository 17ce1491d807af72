import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { AddressIntervals } from './address-intervals.js';

test('has what one of its intervals has, whatever their order and overlap', () => {
  const interval = fc
    .tuple(fc.bigInt({ min: 0n, max: 40n }), fc.bigInt({ min: 0n, max: 10n }))
    .map(([first, length]) => ({ first, last: first + length }));
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 8 }), fc.bigInt({ min: 0n, max: 55n }), (intervals, value) => {
      expect(new AddressIntervals(intervals).has(value)).toBe(
        intervals.some(({ first, last }) => first <= value && value <= last),
      );
    }),
  );
});

test('is empty without intervals', () => {
  expect(new AddressIntervals([]).isEmpty).toBe(true);
  expect(new AddressIntervals([{ first: 0n, last: 0n }]).isEmpty).toBe(false);
});
