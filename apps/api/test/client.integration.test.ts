import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DrydockClient, waitForTask } from '@drydock/client';
import { insertSampleFamily, sampleIds } from './sample-family.js';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
let client: DrydockClient;
beforeAll(async () => {
  api = await startTestApi();
  await insertSampleFamily(api.db);
  client = new DrydockClient({ url: api.url });
});
afterAll(() => api.close());

describe('our own client on this API', () => {
  test('creates a task, finds it and lists it', async () => {
    const created = await client.createTask({ designRef: 'http://foo.example', action: 'verify_site' });
    expect(await client.getTask(created.task_id)).toEqual(created);
    expect((await client.getTasks()).map(({ task_id }) => task_id)).toContain(created.task_id);
  });

  test('waits for a task and gets the whole tree, whatever the spelling of its id', async () => {
    const end = await waitForTask(client, sampleIds.task.toUpperCase(), { pollSeconds: 0.01, timeoutSeconds: 10 });
    expect(end).toMatchObject({ kind: 'ended', task: { task_id: sampleIds.task, result: { failures: ['n02'] } } });
    if (end.kind === 'ended') expect(end.tree.tasks.get(sampleIds.boot2)?.result.status).toBe('failure');
  });

  test('reads build data of a step and of a node', async () => {
    const ofStep = await client.getTaskBuildData(sampleIds.configure1Retry);
    expect(await client.getNodeBuildData('n01')).toEqual(ofStep);
    await expect(client.getNodeBuildData('n09')).rejects.toMatchObject({ status: 404, canRetry: false });
    await expect(client.getNodes()).rejects.toMatchObject({ status: 503, canRetry: true });
  });
});
