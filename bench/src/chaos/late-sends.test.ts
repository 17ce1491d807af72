import { expect, test } from '@jest/globals';
import { isLateSend } from './late-sends.js';

const freezes = [{ thawedAtMs: 1000, machines: new Set(['n1']) }];

test.each([
  ['right after its sender has woken', 'n1', 1000, true],
  ['a moment later', 'n1', 1200, true],
  ['before it woke', 'n1', 999, false],
  ['when it had long found out that its lease was over', 'n1', 1300, false],
  ['to a machine that it did not hold', 'n2', 1000, false],
  ['to no machine', null, 1000, false],
])('a request that comes %s', (_, machine, wallTimeMs, isLate) => {
  expect(isLateSend({ sequence: 1, machine, wallTimeMs, text: 'second deploy' }, freezes)).toBe(isLate);
});
