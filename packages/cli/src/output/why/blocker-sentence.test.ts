import { expect, test } from '@jest/globals';
import type { BlockerDocument, PlaceHolderDocument } from '@drydock/client';
import { blockerSentence } from './blocker-sentence.js';

const moment = '2026-01-02 03:04:05.678901+00:00';
const shown = '2026-01-02 03:04:05 UTC';
const group = 'bmc:10.0.0.1:443';
const look = { step_id: 's1', action: 'identify_node', verb: 'look_for_node', node_name: 'n1', status: 'pending' };
const byStep: PlaceHolderDocument = {
  task_id: 't1',
  step_id: 's1',
  action: 'deploy_node',
  verb: 'deploy_node',
  node_name: 'n1',
  since: moment,
};
const byTask: PlaceHolderDocument = { ...byStep, step_id: null, action: null, verb: null };
const full = { reason: 'group', group, scope: 'step', limit: 4, held: 4, weight: 1 } as const;
const backoff = { reason: 'backoff', until: moment, attempt: 1, tries: 2 } as const;

const cases: readonly (readonly [BlockerDocument, string])[] = [
  [
    { reason: 'need', ...look, wanted: 'absent' },
    'needs identify_node (look_for_node) of n1 to find nothing, which is pending',
  ],
  [
    { reason: 'need', ...look, verb: 'identify_node', node_name: null, wanted: 'succeeded' },
    'needs identify_node of the site to succeed, which is pending',
  ],
  [{ ...full, holders: [] }, `needs 1 place in group ${group}, where 4 of 4 are taken`],
  [
    { ...full, weight: 2, holders: [byStep, byTask] },
    `needs 2 places in group ${group}, where 4 of 4 are taken, ` +
      `by deploy_node of n1 in task t1 since ${shown}; n1 in task t1 since ${shown}`,
  ],
  [
    { ...full, holders: [byTask, byTask, byTask, byTask] },
    `needs 1 place in group ${group}, where 4 of 4 are taken, ` +
      `by ${`n1 in task t1 since ${shown}; `.repeat(3)}others`,
  ],
  [
    { reason: 'group_shut', group, until: moment },
    `group ${group} is closed until ${shown}: nobody knows what became of an effect there`,
  ],
  [{ reason: 'group_spaced', group, until: moment }, `too soon after the last step in group ${group}: until ${shown}`],
  [{ reason: 'group_ramped', group, until: moment }, `too many in a minute in group ${group}: until ${shown}`],
  [{ reason: 'door', group, since: moment }, `an older step goes first in group ${group}, since ${shown}`],
  [
    { ...backoff, error_class: 'unavailable', error: 'no answer' },
    `is tried again at ${shown} (attempt 2, 2 failed tries): unavailable: no answer`,
  ],
  [{ ...backoff, tries: 1, error_class: null, error: null }, `is tried again at ${shown} (attempt 2, 1 failed try)`],
  [
    { reason: 'observed', source: 'maas:east', key: 'system/1', since: moment },
    `waits for a change of maas:east system/1 since ${shown}`,
  ],
  [{ reason: 'observed', source: 'maas:east', key: null, since: null }, 'waits for a change of maas:east'],
  [{ reason: 'until', until: moment }, `looks again at ${shown}`],
  [{ reason: 'deadline', until: moment }, `its deadline is ${shown}`],
  [
    { reason: 'unclaimed', since: moment, rings: 1, workers: 0, slots: 0 },
    `no worker has taken it since ${shown} (rung for 1 time; 0 workers with 0 slots alive)`,
  ],
  [{ reason: 'paused', what: 'task', by: null, since: moment }, `the task is paused since ${shown}`],
  [{ reason: 'stopping', by: 'eve', since: null }, 'the task is being terminated by eve'],
  [
    { reason: 'lane_busy', task_id: 't0', action: 'deploy_nodes', status: 'running', since: moment },
    `the lane runs deploy_nodes t0, which is running since ${shown}`,
  ],
  [{ reason: 'queue', ahead: 1 }, '1 queued task before it'],
  [{ reason: 'no_scheduler' }, 'no living scheduler drives it'],
  [{ reason: 'ready' }, 'nothing: it goes on within a second'],
];

test.each(cases)('%j', (blocker, sentence) => {
  expect(blockerSentence(blocker)).toBe(sentence);
});

test('a reason of a later API is said as it is', () => {
  expect(blockerSentence({ reason: 'moon' } as unknown as BlockerDocument)).toBe('moon');
});

test('a moment in another format is shown as it came', () => {
  expect(blockerSentence({ reason: 'until', until: 'soon' })).toBe('looks again at soon');
});
