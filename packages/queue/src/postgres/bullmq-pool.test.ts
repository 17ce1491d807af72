import { describe, expect, test } from '@jest/globals';
import { ConnectionClosedError } from 'bullmq';
import type { Pool } from 'pg';
import { BullmqPool } from './bullmq-pool.js';
import type { SharedListener } from './shared-listener.js';

const withCode = (code: string) => Object.assign(new Error('said'), { code });

/** What BullMQ gets when Postgres, or the way there, fails so. */
async function thrownFor(failure: unknown): Promise<unknown> {
  const pool = { on: () => undefined, query: () => Promise.reject(failure) } as unknown as Pool;
  const statement = new BullmqPool(pool, {} as SharedListener).query('select 1');
  return await statement.catch((error: unknown) => error);
}

describe('BullMQ tries again', () => {
  test.each([
    { when: 'the server shut down', failure: withCode('57P01') },
    { when: 'the server is starting up', failure: withCode('57P03') },
    { when: 'the connection failed', failure: withCode('08006') },
    { when: 'Postgres broke a deadlock', failure: withCode('40P01') },
    { when: 'nobody listens', failure: withCode('ECONNREFUSED') },
    { when: 'nobody listens on any address of the name', failure: new AggregateError([withCode('ECONNREFUSED')]) },
    { when: 'the socket file is gone', failure: Object.assign(withCode('ENOENT'), { syscall: 'connect' }) },
    { when: 'pg lost it without a code', failure: new Error('Connection terminated unexpectedly') },
    { when: 'the server froze', failure: new Error('Query read timeout') },
  ])('when $when', async ({ failure }) => {
    const thrown = await thrownFor(failure);
    expect(thrown).toBeInstanceOf(ConnectionClosedError);
    expect(thrown).toMatchObject({
      cause: failure,
      message: expect.stringMatching(/^Postgres connection lost \(.+\)$/),
    });
  });
});

describe('BullMQ gets the failure itself', () => {
  test.each([
    { when: 'it refuses', failure: withCode('BM001') },
    { when: 'a key is there twice', failure: withCode('23505') },
    { when: 'it is a bug', failure: new Error('a bug') },
    { when: 'it is no error at all', failure: 'Connection terminated' },
  ])('when $when', async ({ failure }) => {
    expect(await thrownFor(failure)).toBe(failure);
  });
});
