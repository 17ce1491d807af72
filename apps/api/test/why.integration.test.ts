import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { concurrencyGroup, holder, lane, place, run, stage, step, storeSnapshot, task } from '@drydock/model/db';
import { compiledNode, compiledSite } from '@drydock/testkit';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
const ids = {
  task: randomUUID(),
  queued: randomUUID(),
  stage: randomUUID(),
  scheduler: randomUUID(),
  steps: Array.from({ length: 8 }, () => randomUUID()),
} as const;
const names = ids.steps.map((_id, index) => `n${index}`);
const tasks = '/api/v1.0/tasks';
const common = {
  designRef: 'file:///a.yaml',
  nodeFilter: null,
  createdBy: 'test',
  requestContext: { requestId: 'r', externalMarker: '', endUser: 'e', user: 'u' },
} as const;
const later = '2100-01-02 03:04:05+00';

beforeAll(async () => {
  api = await startTestApi();
  const { db } = api;
  await db.insert(lane).values({ name: 'edge' });
  const nodes = names.map((name) => compiledNode({ name }));
  await storeSnapshot(db, {
    ...{ hash: 'h', format: 1, isValid: true, findings: [], site: compiledSite(), nodes, secrets: [] },
  });
  await db.insert(task).values([
    {
      ...common,
      id: ids.task,
      action: 'verify_nodes',
      lane: 'edge',
      status: 'running',
      snapshotHash: 'h',
      startedAt: later,
    },
    { ...common, id: ids.queued, action: 'deploy_nodes', lane: 'edge', status: 'queued' },
  ]);
  await db
    .insert(holder)
    .values({ id: ids.scheduler, process: 'scheduler', host: 'h', pid: 1, slots: 0, expiresAt: later });
  await db.insert(run).values({ lane: 'edge', taskId: ids.task, epoch: 1, holderId: ids.scheduler });
  await db
    .insert(stage)
    .values({ id: ids.stage, taskId: ids.task, ordinal: 0, verb: 'interrogate_oob', firstAdmittedAt: later, total: 8 });
  await insertSteps();
  await insertGroups();
});
afterAll(() => api.close());

/** n0 runs; n1 waits for the place of its node, n2 for n0; n3 to n6 each for something else; n7 has ended. */
async function insertSteps(): Promise<void> {
  const states: readonly Partial<typeof step.$inferInsert>[] = [
    { status: 'running' },
    { status: 'pending' },
    { status: 'pending', needs: [{ step: 0, ended: 'succeeded' }] },
    {
      status: 'pending',
      readySince: later,
      notBefore: later,
      tries: 2,
      errorClass: 'unavailable',
      reason: 'no answer',
    },
    { status: 'waiting', observeSource: 'maas:default', observeKey: 'system/4', updatedAt: later, deadlineAt: later },
    { status: 'waiting', notBefore: later },
    { status: 'admitted', ring: 2, rangAt: later, firstAdmittedAt: later },
    { status: 'ended', end: 'succeeded', needs: [{ step: 0, ended: 'succeeded' }] },
  ];
  const planned = { taskId: ids.task, stageId: ids.stage, verb: 'interrogate_oob', join: 'all', attempt: 0 } as const;
  await api.db.insert(step).values(
    states.map((state, key) => ({
      ...{ ...planned, id: ids.steps[key] ?? '', key, nodeName: names[key] ?? '', needs: [] },
      ...{ maxAttempts: 1, deadlineSeconds: 60, ...state },
    })),
  );
}

async function insertGroups(): Promise<void> {
  const free = { scope: 'task', limit: 1 } as const;
  await api.db.insert(concurrencyGroup).values([
    { ...free, key: 'node:default:n1', held: 1 },
    { key: 'steps', scope: 'steps', limit: 0 },
  ]);
  await api.db.insert(place).values({ groupKey: 'node:default:n1', scope: 'task', taskId: ids.queued, nodeName: 'n1' });
  await api.db
    .insert(holder)
    .values({ id: randomUUID(), process: 'worker', host: 'h', pid: 2, slots: 5, expiresAt: later });
}

const why = async (query = '', id: string = ids.task) => (await api.get(`${tasks}/${id}/why${query}`)).body;
const shown = '2100-01-02 03:04:05.000000+00:00';

describe('why a task does not go on', () => {
  test('is told for every step that neither runs nor has ended, with the exact blocker', async () => {
    const body = await why();
    expect(body).toMatchObject({
      ...{ task_id: ids.task, action: 'verify_nodes', status: 'running', lane: 'edge', position: null, blockers: [] },
      counts: { running: 1, need: 1, backoff: 1, admission: 1, unclaimed: 1, observed: 1, until: 1 },
    });
    const facts = { action: 'interrogate_oob', verb: 'interrogate_oob', attempt: 0, deadline: null };
    const blockers = [
      {
        ...{ reason: 'group', group: 'node:default:n1', scope: 'task', limit: 1, held: 1, weight: 1 },
        holders: [
          {
            ...{ task_id: ids.queued, step_id: null, action: null, verb: null, node_name: 'n1' },
            since: expect.stringMatching(/\+00:00$/),
          },
        ],
      },
      {
        ...{ reason: 'need', step_id: ids.steps[0], action: 'interrogate_oob', verb: 'interrogate_oob' },
        ...{ node_name: 'n0', status: 'running', wanted: 'succeeded' },
      },
      { reason: 'backoff', until: shown, attempt: 0, tries: 2, error_class: 'unavailable', error: 'no answer' },
      { reason: 'observed', source: 'maas:default', key: 'system/4', since: shown },
      { reason: 'until', until: shown },
      { reason: 'unclaimed', since: shown, rings: 2, workers: 1, slots: 5 },
    ];
    expect(body.steps).toEqual([
      { ...facts, step_id: ids.steps[1], node_name: 'n1', status: 'pending', blockers: [blockers[0]] },
      { ...facts, step_id: ids.steps[2], node_name: 'n2', status: 'pending', blockers: [blockers[1]] },
      { ...facts, step_id: ids.steps[3], node_name: 'n3', status: 'pending', blockers: [blockers[2]] },
      {
        ...{ ...facts, step_id: ids.steps[4], node_name: 'n4', status: 'waiting', deadline: shown },
        blockers: [blockers[3], { reason: 'deadline', until: shown }],
      },
      { ...facts, step_id: ids.steps[5], node_name: 'n5', status: 'waiting', blockers: [blockers[4]] },
      { ...facts, step_id: ids.steps[6], node_name: 'n6', status: 'admitted', blockers: [blockers[5]] },
    ]);
  });

  test('is told for a queued task, with its position and what the lane runs', async () => {
    expect(await why('', ids.queued)).toEqual({
      ...{ task_id: ids.queued, action: 'deploy_nodes', status: 'queued', lane: 'edge', position: 1 },
      blockers: [{ reason: 'lane_busy', task_id: ids.task, action: 'verify_nodes', status: 'running', since: shown }],
      counts: { running: 0, need: 0, backoff: 0, admission: 0, unclaimed: 0, observed: 0, until: 0 },
      steps: [],
    });
  });

  test('is told of a stage or of a single step', async () => {
    expect((await why('', ids.stage)).steps).toHaveLength(6);
    const one = await why('', ids.steps[6]);
    expect([one.task_id, one.steps.length, one.steps[0].step_id]).toEqual([ids.task, 1, ids.steps[6]]);
  });

  test('says who paused what, to those that have not begun', async () => {
    await api.db.update(task).set({ pausedAt: later, pausedBy: 'eve' });
    await api.db.update(lane).set({ pausedAt: later, pausedBy: 'bob' });
    const paused = [
      { reason: 'paused', what: 'task', by: 'eve', since: shown },
      { reason: 'paused', what: 'lane', by: 'bob', since: shown },
    ];
    const body = await why('?node=n1');
    expect([body.blockers, body.steps[0].blockers.slice(0, 2)]).toEqual([paused, paused]);
    await api.db.update(task).set({ pausedAt: null, pausedBy: null });
    await api.db.update(lane).set({ pausedAt: null, pausedBy: null });
  });
});

describe('pages', () => {
  test('follow each other by the Link header, and hold every step once', async () => {
    const found: string[] = [];
    for (let path: string | undefined = `${tasks}/${ids.task}/why?limit=2`; path !== undefined;) {
      const { body, headers } = await api.get(path);
      expect(body.counts.need).toBe(1);
      found.push(...body.steps.map((one: { step_id: string }) => one.step_id));
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search;
    }
    expect(found).toEqual(ids.steps.slice(1, 7));
  });

  test.each([
    ['?reason=admission', ['n1']],
    ['?reason=need', ['n2']],
    ['?reason=backoff', ['n3']],
    ['?reason=observed', ['n4']],
    ['?reason=until&node=n5', ['n5']],
    ['?reason=until&node=n4', []],
  ])('%s chooses %j', async (query, nodes) => {
    expect((await why(query)).steps.map((one: { node_name: string }) => one.node_name)).toEqual(nodes);
  });

  test.each([
    ['?limit=0', /limit/],
    ['?limit=1001', /limit/],
    ['?reason=weather', /reason must be one of need, backoff/],
    ['?after=1', /after must be the step_id/],
  ])('%s is refused', async (query, message) => {
    const answer = await api.get(`${tasks}/${ids.task}/why${query}`);
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) } });
  });

  test('of a task that nobody knows are not found', async () => {
    expect((await api.get(`${tasks}/${randomUUID()}/why`)).status).toBe(404);
  });
});

test('takes a fixed number of statements, however many steps are explained', async () => {
  const client = await api.pool.connect();
  const statements = jest.spyOn(Object.getPrototypeOf(client), 'query');
  client.release();
  const count = async (query: string): Promise<number> => {
    statements.mockClear();
    await why(query);
    return statements.mock.calls.length;
  };
  const one = await count('?limit=1');
  expect(await count('?limit=6')).toBe(one);
  expect(one).toBeGreaterThan(5);
  statements.mockRestore();
});
