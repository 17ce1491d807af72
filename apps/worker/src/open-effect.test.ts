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
    [true, 300, false],
    [true, 300.1, true],
    [true, null, false],
    [false, 300.1, false],
  ])('of a step that is stopping (%s) since %p s is given up: %s', (stopping, stoppingForSeconds, expected) => {
    expect(isGivenUp(claimedStep({ stopping, stoppingForSeconds, secondsLeft: 60 }))).toBe(expected);
  });

  it.each([
    [false, /^deploy was begun and the machine could not be read for 300 s after the deadline:/],
    [true, /^deploy was begun and the machine could not be read for 300 s after the task was stopped:/],
  ])('that nobody could find out (stopping: %s) ends as failed and tells the user to look', (stopping, reason) => {
    const effect = { kind: 'deploy', systemId: 'abc' };
    const move = effectUnknown(claimedStep({ stopping }), effect, 'timed out');
    expect(move).toEqual({
      kind: 'end',
      end: 'failed',
      errorClass: 'effect_unknown',
      reason: expect.stringMatching(reason),
      focus: [],
    });
    expect(move).toHaveProperty('reason', expect.stringContaining('look at the machine before you try again'));
    expect(move).toHaveProperty('reason', expect.stringContaining('stays closed for 300 s more'));
  });
});
