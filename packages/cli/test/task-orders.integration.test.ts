import { describe, expect, test } from '@jest/globals';
import { runOnApi } from './run-on-api.js';
import { partialTree, runningTree, sampleTask, tree } from './sample-task.js';

const task = (id: string, status: string) => sampleTask(id, 'deploy_nodes', { status });
const wait = ['--wait', '--poll-interval', '0.01'];
const refused = (message: string) => ({ type: 'error', message, retry: false });

describe('an order is one request, whose answer is printed as one line of JSON', () => {
  const cases: readonly (readonly [readonly string[], string, number, object])[] = [
    [['task', 'terminate', 't1'], 'POST /tasks/t1/terminate', 202, task('t1', 'terminating')],
    [['task', 'terminate', 't1'], 'POST /tasks/t1/terminate', 200, task('t1', 'terminated')],
    [['task', 'pause', 't1'], 'POST /tasks/t1/pause', 200, { ...task('t1', 'running'), paused: 'then' }],
    [['task', 'resume', 't1'], 'POST /tasks/t1/resume', 200, task('t1', 'running')],
    [['task', 'retry-now', 't1'], 'POST /tasks/t1/retry-now', 200, { task_id: 't1', steps: 3 }],
  ];

  test.each(cases)('%j: %s %i', async (words, request, status, body) => {
    const ran = await runOnApi(words, { [request]: [[status, body]] });
    expect(ran).toEqual({
      code: 0,
      out: `${JSON.stringify(body)}\n`,
      err: '',
      requests: [{ request, body: null }],
    });
  });

  test.each(['terminate', 'pause', 'resume', 'retry-now'])('%s that is refused ends with 1 and why', async (order) => {
    const ran = await runOnApi(['task', order, 't1'], {
      [`POST /tasks/t1/${order}`]: [[409, refused('task t1 is complete: there is nothing to do')]],
    });
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^Error: POST http.*409 task t1 is complete/);
  });
});

describe('task retry', () => {
  const cases: readonly (readonly [string, readonly string[], object])[] = [
    ['what failed, unless more is said', [], { scope: 'failed' }],
    ['what failed', ['--failed'], { scope: 'failed' }],
    ['a node', ['--node', 'n1'], { scope: 'node', node_names: ['n1'] }],
    ['nodes one after the other', ['--node', 'n1', 'n2'], { scope: 'node', node_names: ['n1', 'n2'] }],
    [
      'nodes by commas and again',
      ['--node', 'n1,n2', '--node', 'n3'],
      { scope: 'node', node_names: ['n1', 'n2', 'n3'] },
    ],
    ['a step', ['--step', 's1'], { scope: 'step', step_id: 's1' }],
  ];

  test.each(cases)('does again %s', async (_, words, body) => {
    const request = 'POST /tasks/t1/retry';
    const created = { ...task('t2', 'queued'), retry_of: 't1' };
    const ran = await runOnApi(['task', 'retry', 't1', ...words], { [request]: [[201, created]] });
    expect(ran).toEqual({ code: 0, out: `${JSON.stringify(created)}\n`, err: '', requests: [{ request, body }] });
  });

  test('--wait waits for the new task, not for the retried one', async () => {
    const ended = tree(sampleTask('t2', 'deploy_nodes', { result: 'success', successes: ['n01', 'n02'] }));
    const ran = await runOnApi(['task', 'retry', 't1', '--node', 'n02', ...wait], {
      'POST /tasks/t1/retry': [[201, task('t2', 'queued')]],
      'GET /tasks/t2?layers=-1': [[200, ended]],
    });
    expect([ran.code, JSON.parse(ran.out)]).toEqual([0, ended['t2']]);
    expect(ran.err).toMatch(/deploy_nodes complete: success \(2 succeeded, 0 failed\)/);
  });
});

describe('task terminate --wait', () => {
  test('ends with 12 when the task has ended so, and tells where it stopped', async () => {
    const stopped = sampleTask('t1', 'deploy_nodes', {
      status: 'terminated',
      result: 'partial_success',
      successes: ['n01'],
      failures: ['n02'],
      errors: ['the task was terminated; stopped before deploy_node: n02'],
    });
    const { code, out, err } = await runOnApi(['task', 'terminate', 't1', ...wait], {
      'POST /tasks/t1/terminate': [[202, task('t1', 'terminating')]],
      'GET /tasks/t1?layers=-1': [
        [200, tree(task('t1', 'terminating'))],
        [200, tree(stopped)],
      ],
    });
    expect([code, JSON.parse(out)]).toEqual([12, stopped]);
    expect(err).toMatch(/stopped before deploy_node: n02\ndeploy_nodes terminated: partial_success/);
  });

  test('ends with 1 when there is nothing to terminate, without a wait', async () => {
    const { code, requests } = await runOnApi(['task', 'terminate', 't1', ...wait], {
      'POST /tasks/t1/terminate': [[409, refused('task t1 is complete')]],
    });
    expect([code, requests.length]).toEqual([1, 1]);
  });
});

describe('task wait', () => {
  test('shows a task until it has ended, and ends as it did', async () => {
    const { code, out, requests } = await runOnApi(['task', 'wait', 't1', '--poll-interval', '0.01'], {
      'GET /tasks/t1?layers=-1': [
        [200, runningTree],
        [200, partialTree],
      ],
    });
    expect([code, JSON.parse(out)]).toEqual([10, partialTree['t1']]);
    expect(new Set(requests.map(({ request }) => request))).toEqual(new Set(['GET /tasks/t1?layers=-1']));
  });

  test('says who paused the task', async () => {
    const paused = { ...task('t1', 'running'), paused: '2026-01-02 03:04:05.000000+00:00', paused_by: 'eve' };
    const { err } = await runOnApi(['task', 'wait', 't1', '--poll-interval', '0.01'], {
      'GET /tasks/t1?layers=-1': [
        [200, tree(paused)],
        [200, tree({ ...paused, paused_by: null })],
        [200, partialTree],
      ],
    });
    expect(err.split('\n').slice(0, 3)).toEqual([
      'task t1: deploy_nodes running, paused by eve',
      'task t1: deploy_nodes running, paused',
      'task t1: deploy_nodes complete',
    ]);
  });
});

describe('a command line that cannot mean anything ends with 2 and names the option', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['task', 'terminate'], /missing required argument 'id'/],
    [['task', 'terminate', ''], /'id'.*empty/],
    [['task', 'terminate', 't1', '--timeout', '5'], /--timeout <minutes>.*add --wait/],
    [['task', 'terminate', 't1', '--terminate-on-interrupt'], /unknown option '--terminate-on-interrupt'/],
    [['task', 'wait'], /missing required argument 'id'/],
    [['task', 'wait', 't1', '--timeout', '0'], /--timeout <minutes>.*above 0/],
    [['task', 'retry', 't1', '--failed', '--node', 'n1'], /--failed.*cannot be used with.*--node/],
    [['task', 'retry', 't1', '--failed', '--step', 's1'], /--failed.*cannot be used with.*--step/],
    [['task', 'retry', 't1', '--node', 'n1', '--step', 's1'], /--node.*cannot be used with.*--step/],
    [['task', 'retry', 't1', '--node', 'n1,,n2'], /--node.*commas/],
    [['task', 'retry', 't1', '--terminate-on-interrupt'], /--terminate-on-interrupt.*add --wait/],
    [['task', 'retry', '--node', 'n1', 't1'], /missing required argument 'id'/],
    [['task', 'pause'], /missing required argument 'id'/],
    [['task', 'resume', 't1', 't2'], /too many arguments/],
  ];

  test.each(cases)('%j', async (words, named) => {
    const { code, out, err, requests } = await runOnApi(words, {});
    expect([code, out, requests]).toEqual([2, '', []]);
    expect(err).toMatch(named);
  });

  test('an id that would lead to another path is refused', async () => {
    const { code, requests } = await runOnApi(['task', 'terminate', '..'], {});
    expect([code, requests]).toEqual([1, []]);
  });
});
