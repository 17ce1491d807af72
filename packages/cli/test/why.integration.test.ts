import { describe, expect, test } from '@jest/globals';
import { runOnApi } from './run-on-api.js';

const moment = '2026-01-02 03:04:05.678901+00:00';
const counts = { running: 2, need: 0, backoff: 1, admission: 1, unclaimed: 0, observed: 0, until: 0 };
const backoff = { reason: 'backoff', until: moment, attempt: 0, tries: 1, error_class: 'timeout', error: 'no\nanswer' };
const deadline = { reason: 'deadline', until: moment };

function step(id: string, blockers: readonly object[]): object {
  const facts = { action: 'deploy_node', verb: 'deploy_node', node_name: 'n01', attempt: 0 };
  return { step_id: id, ...facts, status: 'pending', deadline: null, blockers };
}

const site = { ...step('s2', [{ reason: 'ready' }]), node_name: null, verb: 'look', action: 'identify_node' };
const why = {
  task_id: 't1',
  action: 'deploy_nodes',
  status: 'running',
  lane: 'default',
  position: null,
  blockers: [{ reason: 'paused', what: 'lane', by: 'eve', since: moment }],
  counts,
  steps: [step('s1', [backoff, deadline]), site],
};
const first = 'GET /tasks/t1/why?limit=100';

describe('task why', () => {
  test('prints the task, its steps by reason, and a line per blocker', async () => {
    const ran = await runOnApi(['task', 'why', 't1'], { [first]: [[200, why]] });
    expect(ran.out.split('\n')).toEqual([
      'deploy_nodes t1 running in lane default',
      '  the lane is paused by eve since 2026-01-02 03:04:05 UTC',
      'steps: 2 running, 1 backoff, 1 admission',
      expect.stringMatching(/^\+-+\+-+\+-+\+$/),
      expect.stringMatching(/^\| Step {17}\| Node {5}\| What stands in its way +\|$/),
      expect.stringMatching(/^\+-+\+-+\+-+\+$/),
      '| deploy_node          | n01      | is tried again at 2026-01-02 03:04:05 UTC (attempt 1, 1 failed try): timeout: no answer |',
      expect.stringMatching(/^\| {22}\| {10}\| its deadline is 2026-01-02 03:04:05 UTC +\|$/),
      expect.stringMatching(/^\| identify_node \(look\) \| the site \| nothing: it goes on within a second +\|$/),
      expect.stringMatching(/^\+-+\+-+\+-+\+$/),
      '',
    ]);
    expect([ran.code, ran.err]).toEqual([0, '']);
  });

  test('prints the place of a queued task in its queue, and no empty table', async () => {
    const queued = { ...why, status: 'queued', position: 3, blockers: [{ reason: 'queue', ahead: 2 }], steps: [] };
    const none = Object.fromEntries(Object.keys(counts).map((reason) => [reason, 0]));
    const ran = await runOnApi(['task', 'why', 't1'], { [first]: [[200, { ...queued, counts: none }]] });
    expect(ran.out).toBe('deploy_nodes t1 queued in lane default, place 3 of its queue\n  2 queued tasks before it\n');
  });

  test('asks for a node and a reason, and prints one line of JSON', async () => {
    const words = ['task', 'why', 't1', '--node', 'n01', '--reason', 'backoff', '-f', 'json'];
    const ran = await runOnApi(words, { [`${first}&node=n01&reason=backoff`]: [[200, why]] });
    expect(ran).toMatchObject({ code: 0, out: `${JSON.stringify(why)}\n`, err: '' });
  });

  const hundred = Array.from({ length: 100 }, (_, index) => step(`s${index}`, []));

  test('says when there may be more steps than it prints', async () => {
    const ran = await runOnApi(['task', 'why', 't1'], { [first]: [[200, { ...why, steps: hundred }]] });
    expect([ran.code, ran.err]).toEqual([0, 'These are the first 100 steps; --all prints all\n']);
  });

  test('--all prints every page, under what the newest says of the task', async () => {
    const thousand = Array.from({ length: 10 }, () => hundred).flat();
    const ran = await runOnApi(['task', 'why', 't1', '--all', '--format', 'json'], {
      'GET /tasks/t1/why?limit=1000': [[200, { ...why, steps: thousand }]],
      'GET /tasks/t1/why?limit=1000&after=s99': [[200, { ...why, status: 'terminating' }]],
    });
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(JSON.parse(ran.out)).toEqual({ ...why, status: 'terminating', steps: [...thousand, ...why.steps] });
  });

  test('cannot move the cursor of the terminal', async () => {
    const blockers = [{ reason: 'paused', what: 'task', by: '\u001b[2J', since: moment }];
    const { out } = await runOnApi(['task', 'why', 't1'], { [first]: [[200, { ...why, blockers }]] });
    expect(out).not.toContain('\u001b');
  });

  test.each([
    [['task', 'why'], /missing required argument 'id'/],
    [['task', 'why', 't1', '--format', 'xml'], /--format.*text, json/],
    [['task', 'why', 't1', '--reason', 'running'], /--reason.*need, backoff/],
  ])('%j cannot mean anything', async (words, named) => {
    const { code, err, requests } = await runOnApi(words, {});
    expect([code, requests]).toEqual([2, []]);
    expect(err).toMatch(named);
  });
});
