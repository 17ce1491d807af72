import { describe, expect, test } from '@jest/globals';
import { BoundedCache } from './bounded-cache.js';

function open() {
  const clock = { now: 0 };
  const cache = new BoundedCache<string>({ maxBytes: 10, lifeSeconds: 60 }, () => clock.now);
  const held = (): readonly string[] => ['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined);
  return { cache, clock, held };
}

describe('a bounded cache', () => {
  test('forgets what was not used for longest when there is no room', () => {
    const { cache, held } = open();
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 3);
    cache.get('a');
    cache.set('d', 'd', 3);
    expect(held()).toEqual(['a', 'c', 'd']);
  });

  test('forgets several for a large one, and keeps none that is larger than itself', () => {
    const { cache, held } = open();
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 3);
    cache.set('d', 'd', 8);
    expect(held()).toEqual(['d']);
    cache.set('a', 'a', 11);
    expect(held()).toEqual(['d']);
  });

  test('counts a value that replaces another once', () => {
    const { cache, held } = open();
    for (let round = 0; round < 5; round += 1) cache.set('a', `${round}`, 4);
    cache.set('b', 'b', 6);
    expect(held()).toEqual(['a', 'b']);
    expect(cache.get('a')).toBe('4');
  });

  test('forgets a value at the end of its life, used or not, and its room is free', () => {
    const { cache, clock, held } = open();
    cache.set('a', 'a', 10);
    clock.now = 59_999;
    expect(cache.get('a')).toBe('a');
    clock.now = 60_000;
    expect(cache.get('a')).toBeUndefined();
    cache.set('b', 'b', 5);
    cache.set('c', 'c', 5);
    expect(held()).toEqual(['b', 'c']);
  });
});
