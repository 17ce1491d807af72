import { describe, expect, it } from '@jest/globals';
import { type CheckedParts, workerChecks } from './worker-checks.js';

const well: CheckedParts = {
  queue: { ping: () => Promise.resolve() },
  consumer: { trouble: null },
  leases: { checkLease: () => undefined },
};
const fail = (message: string) => () => {
  throw new Error(message);
};

/** Names and reasons of the checks that fail. */
async function failures(change: Partial<CheckedParts>): Promise<readonly string[]> {
  const checks = Object.entries(workerChecks({ ...well, ...change }));
  const results = await Promise.allSettled(checks.map(([, check]) => Promise.resolve().then(check)));
  return results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${checks[index]?.[0]}: ${(result.reason as Error).message}`] : [],
  );
}

describe('a worker', () => {
  it.each<[string, Partial<CheckedParts>, readonly string[]]>([
    ['nothing', {}, []],
    ['the queue', { queue: { ping: () => Promise.reject(new Error('refused')) } }, ['queue: refused']],
    ['the consumer', { consumer: { trouble: 'not picking up jobs' } }, ['consumer: not picking up jobs']],
    ['the lease', { leases: { checkLease: fail('last renewed 4.0 s ago') } }, ['heartbeat: last renewed 4.0 s ago']],
  ])('is not ready for %s', async (_name, change, expected) => {
    expect(await failures(change)).toEqual(expected);
  });
});
