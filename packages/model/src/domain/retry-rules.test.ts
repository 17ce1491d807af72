import { describe, expect, it } from '@jest/globals';
import { backoffSeconds } from './backoff.js';
import { errorClasses, type ErrorClass } from './error-class.js';
import { retryBackoff, retryRules } from './retry-rules.js';

const classes = Object.keys(errorClasses) as ErrorClass[];

describe('the rules of retrying', () => {
  it.each(classes)('%s waits longer with each try, up to its cap', (errorClass) => {
    const waits = Array.from({ length: 12 }, (_, tryNumber) => backoffSeconds(retryBackoff(errorClass), tryNumber, 1));
    expect(waits.toSorted((left, right) => left - right)).toEqual(waits);
    expect(waits.at(-1)).toBe(retryRules[errorClass].backoff.capSeconds);
  });

  it.each(classes.filter((errorClass) => !errorClasses[errorClass].isRetryable))(
    '%s, which gets no other attempt, is not tried until the deadline either',
    (errorClass) => {
      expect(retryRules[errorClass].tries).toBeLessThanOrEqual(3);
    },
  );

  it('are those of the site where it sets others', () => {
    const settings = { baseSeconds: 0.1, capSeconds: 3 };
    expect(retryBackoff('unavailable', settings)).toEqual({ baseSeconds: 0.1, factor: 2, capSeconds: 3 });
    expect(retryBackoff('conflict', { capSeconds: 300 })).toEqual({ baseSeconds: 2, factor: 2, capSeconds: 300 });
  });
});
