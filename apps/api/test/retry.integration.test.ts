import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensureLanes, task } from '@drydock/model/db';
import { insertSampleFamily, sampleIds } from './sample-family.js';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await insertSampleFamily(api.db);
  await api.db.execute(`update task set plan_format = 1, snapshot_hash = 'h1' where id = '${sampleIds.task}'`);
});
afterAll(() => api.close());

const tasks = '/api/v1.0/tasks';
const retry = (body: unknown, headers = {}, id: string = sampleIds.task) =>
  api.post(`${tasks}/${id}/retry`, body, headers);
const rowOf = async (id: string) => (await api.db.select().from(task)).find((row) => row.id === id);

describe('a retry', () => {
  test('is a queued task that says what it retries, on the snapshot of that task', async () => {
    const answer = await retry({ scope: 'node', node_names: ['n02'] });
    const id: string = answer.body.task_id;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${tasks}/${id}`);
    expect(answer.body).toMatchObject({
      ...{ action: 'prepare_nodes', status: 'queued', design_ref: 'https://designs.example/site.yaml' },
      retry_of: sampleIds.task,
      retry_scope: { scope: 'node', node_names: ['n02'] },
    });
    expect((await api.get(`${tasks}/${id}`)).body).toEqual(answer.body);
    expect(await rowOf(id)).toMatchObject({
      designRef: 'https://me:hunter2@designs.example/site.yaml',
      snapshotHash: 'h1',
      retryScope: { kind: 'node', nodeNames: ['n02'] },
    });
    expect(api.rings).toContain(`${id}-1`);
  });

  test.each([
    ['as it is shown', sampleIds.boot2],
    ['in upper case', sampleIds.boot2.toUpperCase()],
  ])('names its step %s', async (_case, stepId) => {
    const { status, body } = await retry({ scope: 'step', step_id: stepId });
    expect([status, body.retry_scope]).toEqual([201, { scope: 'step', step_id: sampleIds.boot2 }]);
  });

  test('that is asked for twice with one Idempotency-Key is one task, and a task with that key is another', async () => {
    const key = { 'idempotency-key': 'r-1' };
    const answers = [await retry({ scope: 'failed' }, key), await retry({ scope: 'failed' }, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    expect(answers[1]?.body.task_id).toBe(answers[0]?.body.task_id);
    const other = await api.post(tasks, { action: 'verify_site', design_ref: 'file:///a' }, key);
    expect(other.status).toBe(409);
  });

  test.each([
    ['of nothing that is known', { scope: 'failed' }, 404, /does not exist/, randomUUID()],
    ['of no id', { scope: 'failed' }, 404, /Task nonsense does not exist/, 'nonsense'],
    ['of a subtask', { scope: 'failed' }, 404, /does not exist/, sampleIds.lookStage],
    ['without scope', {}, 400, /scope must be/, sampleIds.task],
    ['of a node that it does not have', { scope: 'node', node_names: ['n01', 'x'] }, 404, /for x;/, sampleIds.task],
    ['of a step of nobody', { scope: 'step', step_id: randomUUID() }, 404, /no subtask/, sampleIds.task],
    ['of a stage', { scope: 'step', step_id: sampleIds.bootStage }, 404, /no subtask/, sampleIds.task],
    ['of a step that never began', { scope: 'step', step_id: sampleIds.cycle2 }, 404, /no subtask/, sampleIds.task],
    ['of a step without id', { scope: 'step', step_id: 'boot2' }, 400, /step_id must be/, sampleIds.task],
  ])('%s is refused', async (_case, body, status, message, id) => {
    expect(await retry(body, {}, id)).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });
});

test('a full lane answers 429 with its name, its numbers and when to come again', async () => {
  await ensureLanes(api.db, [{ name: 'default', maxQueued: 0 }]);
  const answer = await retry({ scope: 'failed' });
  expect(answer).toMatchObject({
    status: 429,
    body: {
      retry: true,
      message: expect.stringMatching(/^the lane default has \d+ queued tasks and takes at most 0;/),
    },
  });
  expect(answer.headers.get('retry-after')).toBe('30');
  expect((await retry({ scope: 'failed' }, { 'idempotency-key': 'r-1' })).status).toBe(200);
  await ensureLanes(api.db, [{ name: 'default', maxQueued: 1000 }]);
  expect((await retry({ scope: 'failed' })).status).toBe(201);
});
