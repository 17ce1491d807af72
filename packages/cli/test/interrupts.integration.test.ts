import { describe, expect, test } from '@jest/globals';
import type { Surroundings } from '../src/index.js';
import { type Answers, type RanOnApi, runOnApi } from './run-on-api.js';
import { partialTree, runningTree, sampleTask, tree } from './sample-task.js';

type Hear = Parameters<Surroundings['onInterrupt']>[0];
type Interruption = Parameters<Hear>[0];

interface Interrupted extends RanOnApi {
  /** Whether interruptions end the process again. */
  readonly isTakenBack: boolean;
}

/** Runs a command that is interrupted right after it told something that matches. */
async function interrupted(
  words: readonly string[],
  answers: Answers,
  interruptions: readonly (readonly [after: RegExp, Interruption])[],
): Promise<Interrupted> {
  let err = '';
  let hear: Hear | null = null;
  const left = [...interruptions];
  const ran = await runOnApi(words, answers, {
    tell: (text) => {
      err += text;
      const [next] = left;
      if (next && next[0].test(text)) {
        left.shift();
        hear?.(next[1]);
      }
    },
    onInterrupt: (callback) => {
      hear = callback;
      return () => void (hear = null);
    },
  });
  expect(left).toEqual([]);
  return { ...ran, err, isTakenBack: hear === null };
}

const terminated = tree(sampleTask('t1', 'deploy_nodes', { status: 'terminated' }));
const terminating = sampleTask('t1', 'deploy_nodes', { status: 'terminating' });
const look = 'GET /tasks/t1?layers=-1';
const order = 'POST /tasks/t1/terminate';
const poll = ['--poll-interval', '0.01'];
const wait = ['task', 'wait', 't1', ...poll];
const waitAndTerminate = [...wait, '--terminate-on-interrupt'];
const running = /deploy_nodes running/;
const isOrdered = ({ requests }: RanOnApi): number => requests.filter(({ request }) => request === order).length;

describe('an interrupted wait', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s ends with %i, tells how to go on, and leaves the task alone', async (interruption, code) => {
    const ran = await interrupted(wait, { [look]: [[200, runningTree]] }, [[running, interruption]]);
    expect(ran).toMatchObject({ code, out: '', isTakenBack: true });
    expect(ran.err).toContain(
      'Task t1 goes on; wait with "drydock task wait t1", end it with "drydock task terminate t1"\n',
    );
    expect(isOrdered(ran)).toBe(0);
  });
});

describe('an interrupted wait with --terminate-on-interrupt', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('by %s terminates the task and waits for its end', async (interruption) => {
    const answers: Answers = {
      [look]: [
        [200, runningTree],
        [200, tree(terminating)],
        [200, terminated],
      ],
      [order]: [[202, terminating]],
    };
    const ran = await interrupted(waitAndTerminate, answers, [[running, interruption]]);
    expect([ran.code, JSON.parse(ran.out), isOrdered(ran)]).toEqual([12, terminated['t1'], 1]);
    expect(ran.err).toContain('Terminating task t1');
    expect(ran.isTakenBack).toBe(true);
  });

  test('is for a task that is being created, too', async () => {
    const answers: Answers = {
      'POST /tasks': [[201, sampleTask('t1', 'deploy_nodes', { status: 'queued' })]],
      [look]: [[200, terminated]],
      [order]: [[200, terminated['t1']]],
    };
    const create = ['task', 'create', '-d', 'file:///x', '-a', 'deploy_nodes', '--wait', ...poll];
    const onInterrupt: Surroundings['onInterrupt'] = (hear) => {
      hear('SIGINT');
      return () => undefined;
    };
    const ran = await runOnApi([...create, '--terminate-on-interrupt'], answers, { onInterrupt });
    expect(ran.requests.map(({ request }) => request)).toEqual(['POST /tasks', order, look]);
    expect([ran.code, JSON.parse(ran.out)]).toEqual([12, terminated['t1']]);
  });

  test('is for a retry, too: its new task is terminated, not the old one', async () => {
    const answers: Answers = {
      'POST /tasks/t0/retry': [[201, sampleTask('t1', 'deploy_nodes', { status: 'queued' })]],
      [look]: [
        [200, runningTree],
        [200, terminated],
      ],
      [order]: [[202, terminating]],
    };
    const retry = ['task', 'retry', 't0', '--wait', ...poll, '--terminate-on-interrupt'];
    expect(await interrupted(retry, answers, [[running, 'SIGINT']])).toMatchObject({ code: 12 });
  });

  test('asks again while the API is being restarted', async () => {
    const answers: Answers = {
      [look]: [
        [200, runningTree],
        [200, terminated],
      ],
      [order]: [
        [503, {}],
        [202, terminating],
      ],
    };
    const ran = await interrupted(waitAndTerminate, answers, [[running, 'SIGINT']]);
    expect([ran.code, isOrdered(ran)]).toEqual([12, 2]);
    expect(ran.err).toMatch(/503 .*; trying again\n/);
  });

  test('ends as the task did that came to its own end meanwhile', async () => {
    const answers: Answers = {
      [look]: [
        [200, runningTree],
        [200, partialTree],
      ],
      [order]: [[409, { type: 'error', message: 'task t1 is complete', retry: false }]],
    };
    const ran = await interrupted(waitAndTerminate, answers, [[running, 'SIGINT']]);
    expect([ran.code, JSON.parse(ran.out)]).toEqual([10, partialTree['t1']]);
  });

  test('ends with 1 and why when the user may not terminate', async () => {
    const answers: Answers = {
      [look]: [[200, runningTree]],
      [order]: [[403, { type: 'error', message: 'not yours', retry: false }]],
    };
    const ran = await interrupted(waitAndTerminate, answers, [[running, 'SIGINT']]);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/Error: POST .*403 not yours\n$/);
  });

  test('ends with 130 at a second interruption, and the order stands', async () => {
    const answers: Answers = { [look]: [[200, runningTree]], [order]: [[202, terminating]] };
    const ran = await interrupted(waitAndTerminate, answers, [
      [running, 'SIGTERM'],
      [/Terminating/, 'SIGINT'],
    ]);
    expect([ran.code, ran.out, isOrdered(ran)]).toEqual([130, '', 1]);
    expect(ran.err).toContain('Task t1 comes to its end by itself; wait with "drydock task wait t1"\n');
  });

  test('does not hide at a second interruption that nobody confirmed the order', async () => {
    const answers: Answers = { [look]: [[200, runningTree]], [order]: [[503, {}]] };
    const ran = await interrupted(waitAndTerminate, answers, [
      [running, 'SIGINT'],
      [/trying again/, 'SIGTERM'],
    ]);
    expect([ran.code, isOrdered(ran)]).toEqual([143, 1]);
    expect(ran.err).toContain('Task t1 may go on: nobody confirmed its end; try "drydock task terminate t1"\n');
  });
});
