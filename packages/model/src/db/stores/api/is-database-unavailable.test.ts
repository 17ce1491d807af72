import { describe, expect, test } from '@jest/globals';
import { isDatabaseUnavailable } from './is-database-unavailable.js';

const withCode = (code: string) => Object.assign(new Error('no'), { code });

describe('a failed statement', () => {
  const cases: readonly [string, unknown, boolean][] = [
    ['refused connection', withCode('ECONNREFUSED'), true],
    ['server that shuts down, wrapped by Drizzle', new Error('Failed query', { cause: withCode('57P01') }), true],
    ['both addresses refused', new AggregateError([withCode('ECONNREFUSED')]), true],
    ['pool that waited too long', new Error('timeout exceeded when trying to connect'), true],
    ['connection that broke', new Error('Connection terminated unexpectedly'), true],
    ['too many connections', withCode('53300'), true],
    ['statement that timed out here', new Error('Query read timeout'), true],
    ['statement that timed out there', withCode('57014'), true],
    ['deadlock', withCode('40P01'), true],
    ['socket file that is missing', Object.assign(withCode('ENOENT'), { syscall: 'connect' }), true],
    ['any other file that is missing', Object.assign(withCode('ENOENT'), { syscall: 'open' }), false],
    ['unique violation', withCode('23505'), false],
    ['text that Postgres cannot store', withCode('22021'), false],
    ['defect', new TypeError('x is not a function'), false],
    ['something that is no error', 'ECONNREFUSED', false],
  ];

  test.each(cases)('%s: unavailable is %#', (_, error, expected) => {
    expect(isDatabaseUnavailable(error)).toBe(expected);
  });
});
