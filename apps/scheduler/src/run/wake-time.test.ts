import { expect, it } from '@jest/globals';
import { wakeTime } from './wake-time.js';

it.each([
  ['at the time it asked for', 150, 900, 150],
  ['at its deadline, when that is earlier', 950, 900, 900],
  ['at its deadline, when it is only observed', null, 900, 900],
  ['when it asked to, before its first claim gave it a deadline', 150, null, 150],
  ['never by the clock, when it is observed and has no deadline', null, null, null],
  ['when it asked to, after the deadline: an effect is still to be settled', 150, 100, 150],
  ['at once, when it is observed and its deadline passed while nobody drove', null, 90, 90],
])('a waiting step comes due %s', (_case, notBeforeMs, deadlineMs, expected) => {
  expect(wakeTime({ notBeforeMs, deadlineMs }, 100)).toBe(expected);
});
