import { describe, expect, it } from '@jest/globals';
import { claimedStep } from '../test/claimed-step.js';
import { effectUnknown, isGivenUp } from './open-effect.js';

describe('an open effect', () => {
  it.each([
    [60, false],
    [-1, false],
    [-300, false],
    [-300.1, true],
  ])('with %d s left until the deadline is given up: %s', (secondsLeft, expected) => {
    expect(isGivenUp(claimedStep({ secondsLeft }))).toBe(expected);
  });

  it.each([
    [{ kind: 'deploy', systemId: 'abc' }, /^deploy was begun/],
    [null, /^the last effect was begun/],
  ])('%j that nobody could find out ends as failed and tells the user to look', (openEffect, reason) => {
    const move = effectUnknown(claimedStep({ openEffect }), 'timed out');
    expect(move).toEqual({
      kind: 'end',
      end: 'failed',
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(reason),
      focus: [],
    });
    expect(move).toHaveProperty('reason', expect.stringContaining('look at the machine before you try again'));
  });
});
