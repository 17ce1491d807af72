import { expect, test } from '@jest/globals';
import { between, pick, pickWeighted, seededRandom } from './seeded-random.js';

const take = (seed: number, count: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

test('the same seed gives the same numbers, another seed others', () => {
  expect(take(7, 5)).toEqual(take(7, 5));
  expect(take(7, 5)).not.toEqual(take(8, 5));
});

test('numbers are spread over 0 to 1', () => {
  const tenths = new Set(take(1, 1000).map((number) => Math.floor(number * 10)));
  expect([...tenths].sort((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what weighs more is picked more often, and what weighs nothing never', () => {
  const random = seededRandom(3);
  const items = [
    { name: 'never', weight: 0 },
    { name: 'seldom', weight: 1 },
    { name: 'often', weight: 9 },
  ];
  const picked = Array.from({ length: 1000 }, () => pickWeighted(items, random).name);
  const count = (name: string): number => picked.filter((each) => each === name).length;
  expect(count('never')).toBe(0);
  expect(count('often')).toBeGreaterThan(5 * count('seldom'));
  expect(count('seldom')).toBeGreaterThan(0);
});

test('a number between two lies between them', () => {
  expect([between(2, 4, () => 0), between(2, 4, () => 0.5)]).toEqual([2, 3]);
});

test('nothing can be picked from nothing', () => {
  expect(() => pick([], () => 0)).toThrow(RangeError);
});
