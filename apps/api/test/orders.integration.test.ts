import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureLanes } from '@drydock/model/db';
import { insertSampleFamily, sampleIds } from './sample-family.js';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await insertSampleFamily(api.db);
});
afterAll(() => api.close());

const base = '/api/v1.0';
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/) as unknown;
const order = (id: string, what: string) => api.post(`${base}/tasks/${id}/${what}`, '');

async function queued(): Promise<string> {
  const answer = await api.post(`${base}/tasks`, { action: 'verify_site', design_ref: 'file:///site.yaml' });
  return answer.body.task_id;
}

/** As a scheduler would move it; each in a lane of its own. */
async function taskThatIs(status: string, lane: string = randomUUID()): Promise<string> {
  const id = await queued();
  await api.pool.query('update task set status = $2, lane = $3 where id = $1', [id, status, lane]);
  return id;
}

describe('a request to terminate', () => {
  test('a running task is accepted with 202 and its document, and the schedulers are told', async () => {
    const id = await taskThatIs('running');
    const before = api.notified();
    const answer = await order(id, 'terminate');
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      task_id: id,
      status: 'terminating',
      terminate: true,
      terminated: moment,
      terminated_by: 'noauth',
      result: { status: 'incomplete' },
    });
    expect((await api.get(`${base}/tasks/${id}`)).body).toEqual(answer.body);
    expect(api.notified()).toBe(before + 1);
  });

  test('a queued task is answered with 200: it is over', async () => {
    const answer = await order(await queued(), 'terminate');
    expect([answer.status, answer.body.status, answer.body.result.status]).toEqual([200, 'terminated', 'incomplete']);
  });

  test('again is 200 and changes nothing', async () => {
    const id = await taskThatIs('running');
    const first = await order(id, 'terminate');
    const before = api.notified();
    const again = await order(id, 'terminate');
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(api.notified()).toBe(before);
    expect((await order(await taskThatIs('terminated'), 'terminate')).status).toBe(200);
  });

  test('a task that came to its end is a conflict', async () => {
    const answer = await order(await taskThatIs('complete'), 'terminate');
    expect([answer.status, answer.body.message]).toEqual([
      409,
      expect.stringContaining('is complete: there is nothing'),
    ]);
  });

  test('any spelling of the id is the same task', async () => {
    const id = await taskThatIs('running');
    expect((await order(id.toUpperCase().replaceAll('-', ''), 'terminate')).body.task_id).toBe(id);
  });
});

describe('an order to pause', () => {
  test.each(['queued', 'running'] as const)(
    'a %s task is 200 with since when and by whom; so is repeating it',
    async (status) => {
      const id = await taskThatIs(status);
      const answer = await order(id, 'pause');
      expect([answer.status, answer.body]).toEqual([
        200,
        expect.objectContaining({ task_id: id, status, paused: moment, paused_by: 'noauth' }),
      ]);
      expect(await order(id, 'pause')).toMatchObject({ status: 200, body: { paused: answer.body.paused } });
    },
  );

  test('is undone by an order to resume, which tells the schedulers and may be repeated', async () => {
    const id = await taskThatIs('running');
    await order(id, 'pause');
    const before = api.notified();
    const resumed = await order(id, 'resume');
    expect([resumed.status, 'paused' in resumed.body, api.notified()]).toEqual([200, false, before + 1]);
    expect((await order(id, 'resume')).status).toBe(200);
    expect(api.notified()).toBe(before + 1);
  });

  test('a paused task can be terminated, and shows no pause then', async () => {
    const id = await taskThatIs('running');
    await order(id, 'pause');
    const answer = await order(id, 'terminate');
    expect([answer.status, answer.body.status, 'paused' in answer.body]).toEqual([202, 'terminating', false]);
    expect((await order(id, 'pause')).status).toBe(409);
  });

  test.each(['pause', 'resume'])('or to %s of a task that is over is a conflict', async (what) => {
    const answer = await order(await taskThatIs('complete'), what);
    expect([answer.status, answer.body.message]).toEqual([409, expect.stringContaining(`there is nothing to ${what}`)]);
  });
});

describe.each(['terminate', 'pause', 'resume'])('POST …/%s', (what) => {
  test.each([randomUUID(), 'no-id'])('of a task that nobody has is 404: %s', async (id) => {
    const answer = await order(id, what);
    expect([answer.status, answer.body.message]).toEqual([404, `Task ${id} does not exist`]);
  });

  test.each([sampleIds.bootStage, sampleIds.boot2])('of a subtask is 400 and names its task: %s', async (id) => {
    const answer = await order(id, what);
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining(sampleIds.task)]);
  });
});

describe('lanes', () => {
  const lanes = `${base}/lanes`;
  beforeEach(async () => {
    await api.pool.query('delete from lane');
    await ensureLanes(api.db, [
      { name: 'checks', maxQueued: 5 },
      { name: 'main line', maxQueued: 7 },
    ]);
  });
  const bare = { queued: 0, running: null, paused: null, paused_by: null };

  test('are listed with what they hold', async () => {
    const id = await taskThatIs('running', 'checks');
    expect(await api.get(lanes)).toMatchObject({
      status: 200,
      body: [
        { ...bare, name: 'checks', max_queued: 5, running: id },
        { ...bare, name: 'default', max_queued: 1000 },
        { ...bare, name: 'main line', max_queued: 7 },
      ],
    });
  });

  test('are paused and resumed, each order may be repeated', async () => {
    const paused = { ...bare, name: 'main line', max_queued: 7, paused: moment, paused_by: 'noauth' };
    const path = `${lanes}/main%20line`;
    const first = await api.post(`${path}/pause`, '');
    expect([first.status, first.body]).toEqual([200, paused]);
    expect((await api.post(`${path}/pause`, '')).body).toEqual(first.body);
    const before = api.notified();
    expect((await api.post(`${path}/resume`, '')).body).toMatchObject({ paused: null, paused_by: null });
    expect((await api.post(`${path}/resume`, '')).status).toBe(200);
    expect(api.notified()).toBe(before + 1);
  });

  test.each(['pause', 'resume'])('that nobody has cannot be ordered to %s', async (what) => {
    const answer = await api.post(`${lanes}/nowhere/${what}`, '');
    expect([answer.status, answer.body.message]).toEqual([
      404,
      'there is no lane nowhere; GET /api/v1.0/lanes lists them',
    ]);
  });
});
