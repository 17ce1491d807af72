import { expect, test } from '@jest/globals';
import { timestamp } from './timestamp.js';

test.each([
  ['2026-01-02 03:04:05.678901+00', '2026-01-02 03:04:05.678901+00:00'],
  ['2026-01-02 03:04:05+00', '2026-01-02 03:04:05.000000+00:00'],
  ['2026-01-02 03:04:05.5+00', '2026-01-02 03:04:05.500000+00:00'],
  ['2026-01-02 03:04:05.678901+05:30', '2026-01-01 21:34:05.678901+00:00'],
  ['2026-01-01 23:00:00.000001-03', '2026-01-02 02:00:00.000001+00:00'],
  ['2026-01-02T03:04:05Z', '2026-01-02 03:04:05.000000+00:00'],
])('the moment %s is shown as %s', (moment, shown) => {
  expect(timestamp(moment)).toBe(shown);
});

test('a moment without a zone is refused, not guessed', () => {
  expect(() => timestamp('2026-01-02 03:04:05')).toThrow(/not a moment/);
});
