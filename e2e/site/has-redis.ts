import { expect, test } from '@jest/globals';
import { findProgram } from '@drydock/runtime';

/** Whether `redis-server` is here; where it is not, one test says so, and fails in CI, where both backends must run. */
export async function hasRedis(): Promise<boolean> {
  if ((await findProgram('redis-server', process.env['PATH'] ?? '')) !== undefined) return true;
  const reason = 'SKIPPED: real processes on Redis: redis-server is not on PATH';
  process.stderr.write(`${reason}\n`);
  test(reason, () => {
    expect(process.env['CI']).toBeFalsy();
  });
  return false;
}
