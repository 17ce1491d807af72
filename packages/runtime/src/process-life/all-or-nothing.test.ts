import { expect, test } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import { allOrNothing } from './all-or-nothing.js';

const closing = (close: () => void, failure: Error) =>
  allOrNothing(async (closers) => {
    closers.add('database', close);
    throw failure;
  });

test('what was opened before a failure is closed, and the failure itself is thrown', async () => {
  const closed: string[] = [];
  const failure = new Error('no queue');
  await expect(closing(() => void closed.push('database'), failure)).rejects.toBe(failure);
  expect(closed).toEqual(['database']);
});

test.each([
  ['its code', new DrydockError('queue_unavailable', 'no queue'), 'queue_unavailable'],
  ['internal when it has no code', new Error('no queue'), 'internal'],
])('a failure is not hidden by another one at closing: both are told, with %s', async (_case, failure, code) => {
  const odd = () => {
    throw new Error('is stuck');
  };
  await expect(closing(odd, failure)).rejects.toMatchObject({
    code,
    message: 'no queue; then not everything could be closed: database: is stuck',
  });
});
