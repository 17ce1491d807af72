import { expect, test } from '@jest/globals';
import { isKnownStatus, operationState, type Operation } from './machine-status.js';

const ends: Readonly<Record<Operation, { ok: readonly number[]; waiting: readonly number[] }>> = {
  commission: { ok: [4], waiting: [1, 21] },
  deploy: { ok: [6], waiting: [9] },
  release: { ok: [4, 0], waiting: [12, 14] },
};

test.each(Object.entries(ends))(
  '%s ends well, goes on or has failed at every status number',
  (operation, { ok, waiting }) => {
    for (let status = -1; status <= 23; status += 1) {
      const expected = ok.includes(status) ? 'ok' : waiting.includes(status) ? 'waiting' : 'failed';
      expect([status, operationState(operation as Operation, status)]).toEqual([status, expected]);
    }
  },
);

test('numbers beyond those of MAAS 3.7 are unknown', () => {
  expect([-1, 0, 22, 23].map(isKnownStatus)).toEqual([false, true, true, false]);
});
