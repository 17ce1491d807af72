import { expect, test } from '@jest/globals';
import { demoReport } from './demo-report.js';

const apiUrl = 'http://127.0.0.1:9000';
const facts = { seconds: 41.26, logDirectory: '/data/logs', isKept: false };
const problem = { node: 'n2', what: 'mtu of bond0', wanted: '9000', found: '1500' };

test('it counts the machines that are as designed, and says what is different about the others', () => {
  const problems = [problem, { ...problem, what: 'status' }];
  const lines = demoReport({ apiUrl, problems, table: ['n1', 'n2', 'n3'], nodeCount: 3 }, facts);
  expect(lines).toContain('n2: mtu of bond0: wanted 9000, found 1500');
  expect(lines).toContain('2 of 3 machines are deployed as designed, after 41.3 s');
});

test.each([true, false])('it says where to look (kept: %p)', (isKept) => {
  const text = demoReport({ apiUrl, problems: [], table: [], nodeCount: 0 }, { ...facts, isKept }).join('\n');
  expect(text).toContain(`${apiUrl}/api/v1.0/tasks`);
  expect(text).toContain(`${apiUrl}/admin/queues`);
  expect(text).toContain('/data/logs');
});
