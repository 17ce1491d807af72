import { describe, expect, it } from '@jest/globals';
import { type CheckedParts, schedulerChecks } from './scheduler-checks.js';

const well: CheckedParts = {
  queue: { ping: () => Promise.resolve() },
  listener: { isListening: true },
  pollMilliseconds: 250,
  reach: { silentSeconds: 1 },
  leaseSeconds: 3,
  sweeping: { late: () => [] },
  consumers: new Map([['default', { trouble: null }]]),
};

/** What each check says: null when it passes without a remark. */
async function said(change: Partial<CheckedParts>): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, check] of Object.entries(schedulerChecks({ ...well, ...change }))) {
    const remark = await Promise.resolve()
      .then(check)
      .catch((error: Error) => `failed: ${error.message}`);
    if (typeof remark === 'string') found[name] = remark;
  }
  return found;
}

describe('a scheduler', () => {
  it('is ready when everything lives', async () => {
    expect(await said({})).toEqual({});
  });

  it.each<[string, Partial<CheckedParts>, Readonly<Record<string, string>>]>([
    [
      'its queue is away',
      { queue: { ping: () => Promise.reject(new Error('refused')) } },
      { queue: 'failed: refused' },
    ],
    ['its lease is over', { reach: { silentSeconds: 3 } }, { heartbeat: 'failed: last one 3.0 s ago, a lease is 3 s' }],
    [
      'a sweep stands still',
      { sweeping: { late: () => ['lanes (for 4 s)', 'lost steps (for 9 s)'] } },
      { sweeps: 'failed: late: lanes (for 4 s), lost steps (for 9 s)' },
    ],
    [
      'a lane is not consumed',
      {
        consumers: new Map([
          ['default', { trouble: null }],
          ['edge', { trouble: 'the connection is down' }],
        ]),
      },
      { consumers: 'failed: edge: the connection is down' },
    ],
  ])('is not ready when %s', async (_name, change, expected) => {
    expect(await said(change)).toEqual(expected);
  });

  it('remarks on polling, and is ready', async () => {
    expect(await said({ listener: { isListening: false } })).toEqual({
      listen: expect.stringContaining('polling every 250 ms'),
    });
  });
});
