import { expect, it } from '@jest/globals';
import { claimedStep } from '../test/claimed-step.js';
import { callMilliseconds } from './call-milliseconds.js';

it.each([
  ['takes as long as its verb may', { secondsLeft: 2000 }, 300_000],
  ['ends at the deadline', { secondsLeft: 12.3456 }, 12_346],
  ['that was claimed as the deadline passed ends at once', { secondsLeft: -0.1 }, 0],
  ['has all its time when it is the last', { secondsLeft: -1, isLastCall: true }, 300_000],
])('a call %s', (_case, facts, milliseconds) => {
  expect(callMilliseconds(claimedStep({ verb: 'deploy_node', ...facts }))).toBe(milliseconds);
});
