import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import type { CallRecord, StepMove } from '@drydock/model/db';
import { persistentReports } from './persistent-reports.js';

const lease = { stepId: 's1', fence: 1 };
const move = { kind: 'giveBack' } as StepMove;
const record = { notes: [] } as unknown as CallRecord;
const gone = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

let tries: number;
let warnings: unknown[];
beforeEach(() => {
  jest.useFakeTimers();
  tries = 0;
  warnings = [];
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** @param errors what the tries fail with, in turn; the last one for ever, null: stored */
function report(...errors: readonly (Error | null)[]): Promise<unknown> {
  const writes = {
    claim: () => Promise.reject(new Error('not asked for')),
    intend: () => Promise.reject(new Error('not asked for')),
    report: () => {
      const error = errors[Math.min(tries, errors.length - 1)];
      tries += 1;
      return error ? Promise.reject(error) : Promise.resolve();
    },
  };
  const log = { warn: (message: string) => void warnings.push(message) };
  return persistentReports(writes, log)
    .report(lease, move, record)
    .then(
      () => 'stored',
      (error: unknown) => error,
    );
}

describe('a report', () => {
  it('is tried again while the database is away, and the log tells', async () => {
    const told = report(gone, gone, null);
    await jest.advanceTimersByTimeAsync(1000);
    expect([await told, tries, warnings]).toEqual(['stored', 3, ['report not stored yet', 'report not stored yet']]);
  });

  it.each([
    ['the step is no longer ours', new DrydockError('fence_lost', 'gone to another')],
    ['the database refuses what it says', Object.assign(new Error('bad value'), { code: '22P02' })],
  ])('is not tried again when %s', async (_, error) => {
    expect([await report(error, null), tries]).toEqual([error, 1]);
  });

  it('is given up when the database stays away', async () => {
    const told = report(gone);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(await told).toBe(gone);
  });
});
