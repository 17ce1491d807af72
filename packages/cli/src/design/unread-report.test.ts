import { expect, test } from '@jest/globals';
import { ClientError } from '@drydock/client';
import { DrydockError } from '@drydock/model';
import { unreadReport } from './unread-report.js';

test('what a design cannot be read for is a finding at its beginning', () => {
  const [ours] = unreadReport('/site.yaml', new DrydockError('design_unavailable', 'no such file')).findings;
  expect(ours).toMatchObject({ rule: 'design_unavailable', place: { source: '/site.yaml', line: 1, column: 1 } });
  const [theirs] = unreadReport('file:///a', new ClientError('design_ref names no host', 400, false)).findings;
  expect(theirs).toMatchObject({ rule: 'design_unavailable', message: 'design_ref names no host' });
});

test.each([
  ['an API that is away', new ClientError('connect ECONNREFUSED', null, true)],
  ['a client that may not', new ClientError('forbidden', 403, false)],
  ['a defect', new TypeError('x is undefined')],
])('%s is no fault of a design', (_, error) => {
  expect(() => unreadReport('file:///a', error)).toThrow(error);
});
