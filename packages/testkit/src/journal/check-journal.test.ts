import { expect, test } from '@jest/globals';
import { type Attempt, checkJournal, type JournaledRequest } from './check-journal.js';

const attempt = (number: number, claimedMs: number, endedMs: number | null, verb = 'deploy_node'): Attempt => ({
  taskId: 't1',
  node: 'n1',
  verb,
  attempt: number,
  claimedMs,
  endedMs,
});

let sequence = 0;
const entry = (wallTimeMs: number, op: string, more: Partial<JournaledRequest> = {}): JournaledRequest => ({
  sequence: (sequence += 1),
  wallTimeMs,
  source: 'maas',
  method: 'POST',
  path: '/machines/abc/',
  op,
  params: { at: String(wallTimeMs) },
  objectId: 'abc',
  machine: 'n1',
  accepted: true,
  ...more,
});

const first = attempt(0, 100, 200);
const second = attempt(1, 300, null);
const refused = { accepted: false };
const bmc = { source: 'bmc', objectId: '127.16.0.1:80' } as const;

test.each<[string, readonly JournaledRequest[], readonly Attempt[], readonly string[]]>([
  ['one deploy in each of two attempts is right', [entry(150, 'deploy'), entry(350, 'deploy')], [first, second], []],
  [
    'a second deploy in one attempt is told',
    [entry(150, 'deploy'), entry(160, 'deploy')],
    [first],
    ['second deploy in attempt 0 of deploy_node; the first is N'],
  ],
  ['a deploy that was refused does not count', [entry(150, 'deploy', refused), entry(160, 'deploy')], [first], []],
  ['an effect before every attempt is told', [entry(50, 'release')], [first], ['release outside of every attempt']],
  [
    'an effect after the last attempt is told',
    [entry(250, 'reset:On', bmc)],
    [first],
    ['power-on outside of every attempt'],
  ],
  [
    'MAAS and the BMC both switching the power on is told',
    [entry(150, 'power_on'), entry(160, 'reset:On', bmc)],
    [first],
    ['second power-on in attempt 0 of deploy_node; the first is N'],
  ],
  [
    'a restart counts as off and on',
    [entry(150, 'reset:ForceRestart', bmc), entry(160, 'reset:ForceOff', bmc)],
    [first],
    ['second power-off in attempt 0 of deploy_node; the first is N'],
  ],
  [
    'the newest attempt owns what falls on the border of two steps',
    [entry(150, 'deploy'), entry(200, 'deploy')],
    [first, attempt(0, 200, 300, 'destroy_node')],
    [],
  ],
  [
    'a write that repeats the one before it is told',
    [entry(1, 'add_tag', { params: { a: '1' } }), entry(2, 'add_tag', { params: { a: '1' } })],
    [],
    ['POST /machines/abc/ add_tag repeats N'],
  ],
  [
    'a write between two equal ones, or on another object, makes them no repetition',
    [
      entry(1, 'add_tag', { params: { a: '1' } }),
      entry(2, 'add_tag', { params: { a: '1' }, objectId: 'other' }),
      entry(3, 'add_tag', { params: { a: '2' } }),
      entry(4, 'add_tag', { params: { a: '1' } }),
    ],
    [],
    [],
  ],
  [
    'a new attempt may repeat what the one before did last',
    [entry(150, 'commission', { params: {} }), entry(350, 'commission', { params: {} })],
    [first, second],
    [],
  ],
  ['sessions may repeat', [entry(1, 'login', { params: {} }), entry(2, 'login', { params: {} })], [], []],
])('%s', (_, journal, attempts, texts) => {
  expect(checkJournal(journal, attempts).map(({ text }) => text.replace(/\d+$/, 'N'))).toEqual(texts);
});
