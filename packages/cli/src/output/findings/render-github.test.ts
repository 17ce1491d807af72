import { expect, test } from '@jest/globals';
import type { Finding } from '@drydock/model';
import { renderGithub } from './render-github.js';

const finding: Finding = {
  rule: 'network.cidr',
  code: 'DD2006',
  level: 'error',
  message: 'odd',
  diagnostic: '',
  documents: [],
  place: null,
};

const place = (source: string) => ({ source, line: 3, column: 7 });
const cases: readonly (readonly [what: string, change: Partial<Finding>, line: string])[] = [
  ['without a place', {}, '::error title=DD2006 network.cidr::odd\n'],
  ['a warning', { level: 'warning' }, '::warning title=DD2006 network.cidr::odd\n'],
  ['a place', { place: place('a.yaml') }, '::error file=a.yaml,line=3,col=7,title=DD2006 network.cidr::odd\n'],
  [
    'what would end a property',
    { place: place('a:b,c%.yaml') },
    '::error file=a%3Ab%2Cc%25.yaml,line=3,col=7,title=DD2006 network.cidr::odd\n',
  ],
  [
    'what would end the command',
    { message: '50%\r\n::add-mask::x' },
    '::error title=DD2006 network.cidr::50%25%0D%0A::add-mask::x\n',
  ],
  ['what to do, in a line of its own', { diagnostic: 'do' }, '::error title=DD2006 network.cidr::odd%0Ado\n'],
  ['nothing of a rule that found nothing', { level: 'info' }, ''],
];

test.each(cases)('a workflow command escapes %s', (_, change, line) => {
  const findings = [{ ...finding, ...change }];
  expect(renderGithub([{ reference: 'x', isRead: true, isValid: false, findings }])).toBe(line);
});
