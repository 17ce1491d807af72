import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { task } from '@drydock/model/db';
import { insertSampleFamily, sampleIds } from './sample-family.js';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await insertSampleFamily(api.db);
});
afterAll(() => api.close());

const tasks = '/api/v1.0/tasks';
const request = { action: 'deploy_nodes', design_ref: 'https://me:hunter2@designs.example/site.yaml' };
const filter = { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: ['n01'] }] };

const rowOf = async (id: string) => (await api.db.select().from(task)).find((row) => row.id === id);

describe('a task that is created', () => {
  test('is answered with 201, its place and its whole document, and is rung for once', async () => {
    const answer = await api.post(`${tasks}/`, { ...request, node_filter: filter, unknown: 1 });
    const id: string = answer.body.task_id;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${tasks}/${id}`);
    expect(answer.body).toMatchObject({
      action: 'deploy_nodes',
      design_ref: 'https://designs.example/site.yaml',
      status: 'queued',
      result: { status: 'incomplete', successes: [], failures: [] },
      node_filter: filter,
      subtask_id_list: [],
      created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/),
      created_by: 'noauth',
      updated: null,
      terminate: false,
    });
    expect((await api.get(`${tasks}/${id}`)).body).toEqual(answer.body);
    expect(api.rings).toEqual([`${id}-1`]);
  });

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
  ])('may come as %s', async (type) => {
    expect((await api.post(tasks, request, { 'content-type': type })).status).toBe(201);
  });

  test('keeps the credentials of its reference, its marker and its user, and shows no credentials', async () => {
    const marker = 'A1111111-2222-4333-8444-555555555555';
    const headers = { 'x-context-marker': marker, 'x-end-user': 'eve' };
    const answer = await api.post(tasks, request, headers);
    const row = await rowOf(answer.body.task_id);
    expect(row?.designRef).toBe(request.design_ref);
    expect(row?.requestContext).toEqual({
      requestId: answer.headers.get('x-drydock-req'),
      externalMarker: marker,
      endUser: 'eve',
      user: 'noauth',
    });
    expect(answer.text).not.toContain('hunter2');
  });

  test('ignores a marker that is no version-4 UUID', async () => {
    const answer = await api.post(tasks, request, { 'x-context-marker': 'a1111111-2222-1333-8444-555555555555' });
    const row = await rowOf(answer.body.task_id);
    expect(row?.requestContext).toMatchObject({ externalMarker: '', endUser: 'noauth' });
  });

  test('is created once per Idempotency-Key, however many ask at the same time', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.post(tasks, request, { 'idempotency-key': 'k-1' })));
    expect(new Set(answers.map(({ body }) => body.task_id)).size).toBe(1);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(api.rings.filter((ring) => ring.startsWith(answers[0]?.body.task_id))).toHaveLength(1);
  });

  test('is refused when its Idempotency-Key was used for another request', async () => {
    await api.post(tasks, request, { 'idempotency-key': 'k-2' });
    const other = await api.post(tasks, { ...request, action: 'destroy_nodes' }, { 'idempotency-key': 'k-2' });
    expect(other).toMatchObject({ status: 409, body: { message: expect.stringContaining('Idempotency-Key') } });
  });
});

describe('the list', () => {
  test('comes whole and in order, or in pages that follow each other', async () => {
    const all = (await api.get(tasks)).body.map((one: { task_id: string }) => one.task_id);
    expect(all.length).toBeGreaterThan(4);
    const paged: string[] = [];
    for (let path: string | undefined = `${tasks}?limit=2`; path !== undefined;) {
      const page = await api.get(path);
      const parents = page.body.map((one: { parent_task_id: string | null }) => one.parent_task_id);
      expect(parents.filter((id: string | null) => id === null).length).toBeLessThanOrEqual(2);
      paged.push(...page.body.map((one: { task_id: string }) => one.task_id));
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search;
    }
    expect(paged).toEqual(all);
  });
});

describe('a read', () => {
  test.each([
    ['of all tasks', tasks, 4],
    ['of a flat task', `${tasks}/${sampleIds.task}`, 4],
    ['of a whole tree with errors', `${tasks}/${sampleIds.task}?layers=-1&subtaskerrors=true&builddata=true`, 6],
  ])('%s takes a fixed number of statements', async (_, path, most) => {
    const statements = jest.spyOn(api.pool, 'query');
    expect((await api.get(path)).status).toBe(200);
    const before = statements.mock.calls.length;
    expect(before).toBeLessThanOrEqual(most);
    await api.post(tasks, request);
    statements.mockClear();
    await api.get(path);
    expect(statements).toHaveBeenCalledTimes(before);
    statements.mockRestore();
  });
});

describe('a task that runs', () => {
  test('shows its stages and steps in the states that they are in', async () => {
    const { bootStage, boot2, task: id } = sampleIds;
    const setStep = (change: string) => api.db.execute(`update step set ${change} where id = '${boot2}'`);
    const stateOf = async (): Promise<readonly string[]> => {
      const { body } = await api.get(`${tasks}/${id}?layers=-1`);
      return [body[bootStage].status, body[bootStage].result.status, body[boot2].status, body[boot2].result.status];
    };
    await api.db.execute(`update stage set failed = 0 where id = '${bootStage}'`);
    await setStep(`status = 'admitted', "end" = null, first_claimed_at = null`);
    expect(await stateOf()).toEqual(['requested', 'incomplete', 'requested', 'incomplete']);
    for (const status of ['running', 'waiting', 'pending', 'admitted'] as const) {
      await setStep(`status = '${status}', first_claimed_at = now()`);
      expect(await stateOf()).toEqual(['running', 'incomplete', 'running', 'incomplete']);
    }
    await api.db.execute(`update stage set cancelled = 1 where id = '${bootStage}'`);
    await setStep(`status = 'ended', "end" = 'cancelled'`);
    expect(await stateOf()).toEqual(['terminated', 'failure', 'terminated', 'failure']);
  });

  test('holds a waiting answer back until it has ended', async () => {
    const { body } = await api.post(tasks, request);
    const waiting = api.get(`${tasks}/${body.task_id}?wait=20`);
    await api.db.execute(`update task set status = 'complete' where id = '${body.task_id}'`);
    expect((await waiting).body.status).toBe('complete');
  });
});
