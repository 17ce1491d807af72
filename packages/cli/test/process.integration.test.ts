import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@drydock/testkit';
import { type FakeApi, startFakeApi } from './fake-api.js';
import { partialTree, runningTree, sampleTask, tree } from './sample-task.js';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let api: FakeApi;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startFakeApi({
    'POST /tasks': [[201, sampleTask('t1', 'deploy_nodes', { status: 'queued' })]],
    'GET /tasks/t1?layers=-1': [[200, partialTree]],
    'GET /tasks/t2?layers=-1': [
      [200, runningTree],
      [200, tree(sampleTask('t2', 'deploy_nodes', { status: 'terminated' }))],
    ],
    'POST /tasks/t2/terminate': [[202, sampleTask('t2', 'deploy_nodes', { status: 'terminating' })]],
    'GET /tasks/t3?layers=-1': [[200, runningTree]],
    'GET /tasks/t1': [[200, sampleTask('t1', 'deploy_nodes', { status: 'queued' })]],
  });
});
afterAll(async () => {
  await api.close();
  await database.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as an operator runs it: a process of its own, its output in pipes. */
function drydock(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return untilEnded(start(words, env));
}

function start(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', main, ...words], {
    env: { PATH: process.env['PATH'] ?? '', DD_URL: api.url, ...env },
  });
}

function untilEnded(
  child: ChildProcessWithoutNullStreams,
  disturb: (child: ChildProcessWithoutNullStreams) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const said = { out: '', err: '' };
    child.stdout.on('data', (part: Buffer) => (said.out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (said.err += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
    disturb(child);
  });
}

/** The same, for a reader that has gone before the first byte, as `| true` or a pager that was left. */
function drydockUnread(stream: 'stdout' | 'stderr', words: readonly string[]): Promise<Ended> {
  return untilEnded(start(words), (child) => child[stream].destroy());
}

describe('the process', () => {
  test('waits for a task: JSON on stdout, progress on stderr, 10 for a partial success', async () => {
    const ended = await drydock(['task', 'create', '-d', 'file:///x', '-a', 'deploy_nodes', '--wait']);
    expect(ended.code).toBe(10);
    expect(JSON.parse(ended.out)).toMatchObject({ task_id: 't1', result: { status: 'partial_success' } });
    expect(ended.err).toMatch(/n02: apply_node_storage failed: sdb has 1 GB/);
  });

  test.each([
    [1, ['task', 'show', '-t', 'unknown'], /Error: GET .* 404 no GET/],
    [2, ['task', 'show'], /-t, --task-id <id>/],
  ])('ends with %i for %j', async (code, words, message) => {
    const ended = await drydock(words);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toMatch(message);
  });

  test.each([
    ['results', 'stdout', 0, ['task', 'show', '-t', 't1']],
    ['errors', 'stderr', 1, ['task', 'show', '-t', 'unknown']],
  ] as const)('does not crash when nobody reads its %s', async (_, stream, code, words) => {
    expect(await drydockUnread(stream, words)).toEqual({ code, out: '', err: '' });
  });

  /** Waits for a task, at which it looks once unless a signal comes, which is sent when it has looked. */
  function interrupted(words: readonly string[], signal: NodeJS.Signals): Promise<Ended> {
    return untilEnded(start(['task', 'wait', ...words, '--poll-interval', '600']), (child) => {
      child.stderr.once('data', () => child.kill(signal));
    });
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('interrupted by %s ends with %i and says how to end the task', async (signal, code) => {
    const ended = await interrupted(['t3'], signal);
    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining('drydock task terminate t3') });
  });

  test('terminates the task when its CI job is cancelled, and waits for the end', async () => {
    const ended = await interrupted(['t2', '--terminate-on-interrupt'], 'SIGTERM');
    expect([ended.code, JSON.parse(ended.out)]).toMatchObject([12, { task_id: 't2', status: 'terminated' }]);
  });

  test('migrates the database of DATABASE_URL, or says that there is nothing to do', async () => {
    const ended = await drydock(['db', 'migrate'], { DATABASE_URL: database.url });
    expect(ended).toEqual({ code: 0, out: expect.stringMatching(/^schema version \d+, nothing to do\n$/), err: '' });
  });

  test('says what is wrong with a database that is not there, without its password', async () => {
    const ended = await drydock(['db', 'migrate'], { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x' });
    expect(ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Error: .*ECONNREFUSED/) });
    expect(ended.err).not.toContain('hunter2');
  });

  test('lets the doctor speak about this machine', async () => {
    const ended = await drydock(['doctor'], { DATABASE_URL: database.url, DRYDOCK_API_PORT: '0' });
    expect(ended.out).toMatch(/node .*20\./);
    expect(ended.out).toMatch(/\nDrydock can run here/);
    expect(ended.code).toBe(0);
  });
});
