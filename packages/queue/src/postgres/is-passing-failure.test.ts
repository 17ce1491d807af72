import { describe, expect, test } from '@jest/globals';
import { isPassingFailure } from './is-passing-failure.js';

const withCode = (code: string) => Object.assign(new Error('said'), { code });

describe('a failure that passes', () => {
  test.each([
    { what: 'the server shut down', error: withCode('57P01') },
    { what: 'the server is starting up', error: withCode('57P03') },
    { what: 'the connection failed', error: withCode('08006') },
    { what: 'Postgres broke a deadlock', error: withCode('40P01') },
    { what: 'nobody listens', error: withCode('ECONNREFUSED') },
    { what: 'pg lost it without a code', error: new Error('Connection terminated unexpectedly') },
    { what: 'the server froze', error: new Error('Query read timeout') },
  ])('is seen when $what', ({ error }) => {
    expect(isPassingFailure(error)).toBe(true);
  });

  test.each([
    { what: 'a BullMQ refusal', error: withCode('BM001') },
    { what: 'a duplicate key', error: withCode('23505') },
    { what: 'a plain error', error: new Error('a bug') },
    { what: 'no error at all', error: 'Connection terminated' },
  ])('is not seen in $what', ({ error }) => {
    expect(isPassingFailure(error)).toBe(false);
  });
});
