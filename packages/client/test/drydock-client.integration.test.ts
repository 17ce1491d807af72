import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ClientError,
  ClientForbiddenError,
  ClientUnauthorizedError,
  DrydockClient,
  waitForTask,
} from '../src/index.js';

interface Seen {
  readonly request: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let seen: Seen[];
/** What the server answers, in order; the last one for ever. */
let answers: readonly [status: number, body: string][];
let client: DrydockClient;

beforeEach(async () => {
  seen = [];
  answers = [[200, '{}']];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new DrydockClient({ url: urlOf(server), marker: 'mark', endUser: 'eve' });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  const [status, text] = answers[Math.min(seen.length, answers.length - 1)] ?? [500, ''];
  seen.push({ request: `${request.method} ${request.url}`, headers: request.headers, body });
  if (status === 0) response.destroy();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function urlOf(one: Server): string {
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}/prefix/`;
}

describe('each method sends the request of the reference', () => {
  const cases: readonly [string, (client: DrydockClient) => Promise<unknown>, string, string][] = [
    ['getTasks', (one) => one.getTasks(), 'GET /prefix/api/v1.0/tasks', ''],
    [
      'getTasks by pages',
      (one) => one.getTasks({ limit: 5, after: 'a' }),
      'GET /prefix/api/v1.0/tasks?limit=5&after=a',
      '',
    ],
    ['getTask', (one) => one.getTask('t'), 'GET /prefix/api/v1.0/tasks/t', ''],
    [
      'getTask with all',
      (one) => one.getTask('t', { buildData: true, subtaskErrors: true, waitSeconds: 9 }),
      'GET /prefix/api/v1.0/tasks/t?builddata=true&subtaskerrors=true&wait=9',
      '',
    ],
    ['an id that is no id', (one) => one.getTask('../a?b#c/d'), 'GET /prefix/api/v1.0/tasks/..%2Fa%3Fb%23c%2Fd', ''],
    ['getTaskTree', (one) => one.getTaskTree('t', 2), 'GET /prefix/api/v1.0/tasks/t?layers=2', ''],
    ['getTaskBuildData', (one) => one.getTaskBuildData('t'), 'GET /prefix/api/v1.0/tasks/t/builddata', ''],
    ['getNodes', (one) => one.getNodes(), 'GET /prefix/api/v1.0/nodes', ''],
    [
      'validateDesign',
      (one) => one.validateDesign('file:///x'),
      'POST /prefix/api/v1.0/validatedesign',
      '{"href":"file:///x","rel":"design","type":"application/x-yaml"}',
    ],
    [
      'validateDesign, strictly',
      (one) => one.validateDesign('file:///x', { strict: true }),
      'POST /prefix/api/v1.0/validatedesign?strict=true',
      '{"href":"file:///x","rel":"design","type":"application/x-yaml"}',
    ],
    [
      'filterNodes',
      (one) => one.filterNodes('file:///x'),
      'POST /prefix/api/v1.0/nodefilter',
      '{"design_ref":"file:///x","node_filter":null}',
    ],
    [
      'explainNodeFilter',
      (one) => one.explainNodeFilter('file:///x', { filter_set_type: 'union', filter_set: [] }),
      'POST /prefix/api/v1.0/nodefilter?explain=true',
      '{"design_ref":"file:///x","node_filter":{"filter_set_type":"union","filter_set":[]}}',
    ],
    [
      'getNodeBuildData',
      (one) => one.getNodeBuildData('n 1'),
      'GET /prefix/api/v1.0/nodes/n%201/builddata?latest=true',
      '',
    ],
    [
      'createTask',
      (one) => one.createTask({ designRef: 'file:///x', action: 'verify_site', idempotencyKey: 'k' }),
      'POST /prefix/api/v1.0/tasks',
      '{"action":"verify_site","design_ref":"file:///x","node_filter":null}',
    ],
    ['terminateTask', (one) => one.terminateTask('t'), 'POST /prefix/api/v1.0/tasks/t/terminate', ''],
    ['pauseTask', (one) => one.pauseTask('t'), 'POST /prefix/api/v1.0/tasks/t/pause', ''],
    ['resumeTask', (one) => one.resumeTask('t'), 'POST /prefix/api/v1.0/tasks/t/resume', ''],
    ['retryNow', (one) => one.retryNow('t'), 'POST /prefix/api/v1.0/tasks/t/retry-now', ''],
    [
      'retryTask of what failed',
      (one) => one.retryTask('t', { scope: 'failed' }),
      'POST /prefix/api/v1.0/tasks/t/retry',
      '{"scope":"failed"}',
    ],
    [
      'retryTask of nodes',
      (one) => one.retryTask('t', { scope: 'node', nodeNames: ['n1', 'n2'] }),
      'POST /prefix/api/v1.0/tasks/t/retry',
      '{"scope":"node","node_names":["n1","n2"]}',
    ],
    [
      'retryTask of a step',
      (one) => one.retryTask('t', { scope: 'step', stepId: 's', idempotencyKey: 'k' }),
      'POST /prefix/api/v1.0/tasks/t/retry',
      '{"scope":"step","step_id":"s"}',
    ],
    ['whyTask', (one) => one.whyTask('t'), 'GET /prefix/api/v1.0/tasks/t/why', ''],
    [
      'whyTask with all',
      (one) => one.whyTask('t', { limit: 5, after: 's', node: 'n 1', reason: 'backoff' }),
      'GET /prefix/api/v1.0/tasks/t/why?limit=5&after=s&node=n+1&reason=backoff',
      '',
    ],
    ['listLanes', (one) => one.listLanes(), 'GET /prefix/api/v1.0/lanes', ''],
    ['pauseLane', (one) => one.pauseLane('a/b'), 'POST /prefix/api/v1.0/lanes/a%2Fb/pause', ''],
    ['resumeLane', (one) => one.resumeLane('edge'), 'POST /prefix/api/v1.0/lanes/edge/resume', ''],
  ];

  test.each(cases)('%s', async (_, call, request, body) => {
    answers = [[200, '{"t":{}}']];
    await call(client);
    expect(seen).toMatchObject([{ request, body, headers: { 'x-context-marker': 'mark', 'x-end-user': 'eve' } }]);
  });

  test.each(['', '.', '..'])('"%s" is no id and is not sent', async (id) => {
    await expect(async () => client.getTask(id)).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
  });
});

describe('an error', () => {
  test.each([
    [401, ClientUnauthorizedError],
    [403, ClientForbiddenError],
    [404, ClientError],
    [503, ClientError],
  ])('%s keeps its status, its message and whether to try again', async (status, kind) => {
    answers = [[status, JSON.stringify({ type: 'error', message: 'because', retry: status === 503 })]];
    const error = await client.getTask('t').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      status,
      canRetry: status === 503,
      message: expect.stringMatching(/tasks\/t: \d+ because$/),
    });
    expect(seen).toHaveLength(1);
  });

  test.each([
    [200, '<html>', /not an answer of a Drydock API/],
    [302, '', /not an answer of a Drydock API/],
    [502, '<html>bad gateway', /502 <html>bad gateway/],
  ])('of something else that answers %s is told', async (status, text, message) => {
    answers = [[status, text]];
    await expect(client.getNodes()).rejects.toThrow(message);
  });
});

describe('without an answer', () => {
  const again: readonly [string, (client: DrydockClient) => Promise<unknown>][] = [
    ['a GET', (one) => one.getNodes()],
    ['terminate', (one) => one.terminateTask('t')],
    ['pause', (one) => one.pauseTask('t')],
    ['resume', (one) => one.resumeTask('t')],
    ['pause of a lane', (one) => one.pauseLane('default')],
    ['resume of a lane', (one) => one.resumeLane('default')],
    ['retry', (one) => one.retryTask('t', { scope: 'failed' })],
    ['a new task with a key', (one) => one.createTask({ designRef: 'x:y', action: 'a', idempotencyKey: 'k' })],
  ];
  const once: readonly [string, (client: DrydockClient) => Promise<unknown>][] = [
    ['a new task without a key', (one) => one.createTask({ designRef: 'x:y', action: 'a' })],
    ['retry now', (one) => one.retryNow('t')],
    ['a question about a design', (one) => one.filterNodes('x:y')],
  ];

  test.each(again)('%s is sent again, as it was', async (_, call) => {
    answers = [
      [0, ''],
      [200, '{}'],
    ];
    await expect(call(client)).resolves.toEqual({});
    const sent = seen.map(({ request, headers, body }) => [request, headers['idempotency-key'], body]);
    expect(sent).toEqual([sent[0], sent[0]]);
  });

  test.each(once)('%s is not sent again', async (_, call) => {
    answers = [[0, '']];
    await expect(call(client)).rejects.toMatchObject({ status: null, canRetry: true });
    expect(seen).toHaveLength(1);
  });

  test('an answer that refuses is one: nothing is sent again', async () => {
    answers = [[503, '']];
    await expect(client.terminateTask('t')).rejects.toMatchObject({ status: 503, canRetry: true });
    expect(seen).toHaveLength(1);
  });
});

describe('a retry of a task', () => {
  const keys = (): unknown[] => seen.map(({ headers }) => headers['idempotency-key']);

  test('has a key of its own each time it is asked for', async () => {
    await client.retryTask('t', { scope: 'failed' });
    await client.retryTask('t', { scope: 'failed' });
    expect(keys()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(new Set(keys()).size).toBe(2);
  });

  test('has the key that it was given', async () => {
    await client.retryTask('t', { scope: 'failed', idempotencyKey: 'k' });
    expect(keys()).toEqual(['k']);
  });
});

describe('why, page by page', () => {
  const page = (...ids: readonly string[]): [number, string] => [
    200,
    JSON.stringify({ task_id: 't', steps: ids.map((id) => ({ step_id: id })) }),
  ];

  test.each([
    ['a page that is not full is the last', [page('a', 'b'), page('c')], [2, 1]],
    ['a full one may not be', [page('a', 'b'), page('c', 'd'), page()], [2, 2, 0]],
  ] as const)('%s', async (_, given, sizes) => {
    answers = [...given];
    const found: number[] = [];
    for await (const { steps } of client.whyTaskPages('t', { limit: 2, node: 'n' })) found.push(steps.length);
    expect(found).toEqual(sizes);
    const path = 'GET /prefix/api/v1.0/tasks/t/why?limit=2';
    const expected = [`${path}&node=n`, `${path}&after=b&node=n`, `${path}&after=d&node=n`];
    expect(seen.map(({ request }) => request)).toEqual(expected.slice(0, sizes.length));
  });

  test('asks for as many at a time as the API gives', async () => {
    answers = [page()];
    for await (const { task_id } of client.whyTaskPages('t')) expect(task_id).toBe('t');
    expect(seen.map(({ request }) => request)).toEqual(['GET /prefix/api/v1.0/tasks/t/why?limit=1000']);
  });
});

describe('a design with errors', () => {
  test.each([
    [200, 'Success'],
    [400, 'Failure'],
  ])('is an answer (%s), not an error', async (status, verdict) => {
    const document = { status: verdict, code: status, details: { errorCount: 0, messageList: [] } };
    answers = [[status, JSON.stringify(document)]];
    expect(await client.validateDesign('file:///x')).toEqual(document);
  });

  test.each([400, 502, 503])('is not what a refused request (%s) is', async (status) => {
    answers = [[status, JSON.stringify({ type: 'error', message: 'because', retry: status !== 400 })]];
    await expect(client.validateDesign('file:///x')).rejects.toMatchObject({ status, canRetry: status !== 400 });
    await expect(client.filterNodes('file:///x')).rejects.toMatchObject({ status, canRetry: status !== 400 });
  });
});

describe('waiting for a task', () => {
  const tree = (status: string): string =>
    JSON.stringify({ init_task_id: 't', t: { task_id: 't', status, result: { status: 'incomplete' } } });
  const soon = { pollSeconds: 0.01, timeoutSeconds: null };

  test.each(['complete', 'terminated'])('ends when it is %s, and outlives an outage', async (status) => {
    answers = [
      [200, tree('queued')],
      [503, ''],
      [200, tree('running')],
      [200, tree(status)],
    ];
    const looks: unknown[] = [];
    const outages: unknown[] = [];
    const end = await waitForTask(client, 't', {
      ...soon,
      onLook: ({ tasks }) => looks.push(tasks.get('t')?.status),
      onOutage: (error) => outages.push(error.status),
    });
    expect(end).toMatchObject({ kind: 'ended', task: { status } });
    expect([looks, outages]).toEqual([['queued', 'running', status], [503]]);
  });

  test('ends at its time limit with what was seen last', async () => {
    answers = [[200, tree('running')]];
    const end = await waitForTask(client, 't', { pollSeconds: 0.01, timeoutSeconds: 0.05 });
    expect(end).toMatchObject({ kind: 'timeout', task: { status: 'running' } });
  });

  test('is given up when the API refuses, or is away for too long', async () => {
    answers = [[404, '']];
    await expect(waitForTask(client, 't', soon)).rejects.toMatchObject({ status: 404 });
    answers = [[503, '']];
    await expect(waitForTask(client, 't', { ...soon, outageSeconds: 0.03 })).rejects.toMatchObject({ status: 503 });
  });
});
