import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { insertSampleFamily, sampleIds } from './sample-family.js';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await insertSampleFamily(api.db);
});
afterAll(() => api.close());

const tasks = '/api/v1.0/tasks';
const {
  task: taskId,
  lookStage,
  bootStage,
  configureStage,
  look1,
  look2,
  boot2,
  configure1,
  configure1Retry,
} = sampleIds;
const noMessages = { errorCount: 0, messageList: [] };
const status = { kind: 'Status', apiVersion: 'v1.0', metadata: {}, message: null, reason: null };

const flatTask = {
  kind: 'Task',
  apiVersion: 'v1',
  task_id: taskId,
  action: 'prepare_nodes',
  parent_task_id: null,
  design_ref: 'https://designs.example/site.yaml',
  status: 'complete',
  result: {
    ...status,
    status: 'partial_success',
    successes: ['n01'],
    failures: ['n02'],
    links: [],
    details: {
      errorCount: 0,
      messageList: [
        {
          message: 'Design compiled',
          error: false,
          context_type: 'task',
          context: 'NA',
          ts: '2026-01-02 03:04:01.100000+00:00',
          extra: {},
        },
      ],
    },
  },
  node_filter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: ['n01', 'n02'] }] },
  subtask_id_list: [lookStage, bootStage, configureStage],
  created: '2026-01-02 03:04:00.100000+00:00',
  created_by: 'noauth',
  updated: '2026-01-02 03:04:50.100000+00:00',
  terminated: null,
  terminated_by: null,
  terminate: false,
  retry: 0,
};

const bootError = {
  ...status,
  status: 'failure',
  successes: [],
  failures: ['n02'],
  links: [],
  details: {
    errorCount: 1,
    messageList: [
      {
        message: 'BMC timeout',
        error: true,
        context_type: 'node',
        context: 'n02',
        ts: '2026-01-02 03:04:09.100000+00:00',
        extra: { tries: 3 },
      },
    ],
  },
};

describe('one task', () => {
  test('is flat by default, with its members in the order of the reference', async () => {
    const answer = await api.get(`${tasks}/${taskId}`);
    expect(answer.body).toEqual(flatTask);
    expect(Object.keys(answer.body)).toEqual(Object.keys(flatTask));
    expect(Object.keys(answer.body.result)).toEqual(Object.keys(flatTask.result));
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(answer.text));
  });

  test.each(['?layers=0', '?layers=-1&layers=1', '?subtaskerrors=false', '?builddata=no'])(
    '%s adds nothing, or is refused',
    async (query) => {
      const answer = await api.get(`${tasks}/${taskId}${query}`);
      if (query.includes('&layers')) expect(answer).toMatchObject({ status: 400 });
      else expect(answer.body).toEqual(flatTask);
    },
  );

  test.each([taskId.toUpperCase(), taskId.replaceAll('-', ''), `urn:uuid:${taskId}`, `%7B${taskId}%7D`, `${taskId}/`])(
    'is found by %s',
    async (spelling) => {
      expect((await api.get(`${tasks}/${spelling}`)).body.task_id).toBe(taskId);
    },
  );

  test('shows the errors of everything below it, whatever the layers', async () => {
    const answer = await api.get(`${tasks}/${taskId}?subtaskerrors=true`);
    expect(answer.body).toEqual({
      ...flatTask,
      subtask_errors: { [boot2]: { ...bootError, task_id: boot2 }, [configure1]: expect.anything() },
    });
  });

  test('shows its build data, and not those of its subtasks', async () => {
    expect((await api.get(`${tasks}/${taskId}?builddata=true`)).body).toEqual({ ...flatTask, build_data: [] });
  });
});

describe('layers', () => {
  const idsOf = (body: object): string[] => Object.keys(body).filter((key) => key !== 'init_task_id');

  test.each([
    ['1', taskId, [taskId]],
    ['-7', taskId, [taskId]],
    ['2', taskId, [taskId, lookStage, bootStage, configureStage]],
    ['3', taskId, [taskId, lookStage, bootStage, configureStage, look1, look2, boot2, configure1, configure1Retry]],
    ['-1', taskId, [taskId, lookStage, bootStage, configureStage, look1, look2, boot2, configure1, configure1Retry]],
    ['-1', lookStage, [lookStage, look1, look2]],
    ['1', lookStage, [lookStage]],
    ['5', boot2, [boot2]],
  ])('%s of %s', async (layers, id, expected) => {
    const answer = await api.get(`${tasks}/${id.toUpperCase()}?layers=${layers}`);
    expect(answer.body.init_task_id).toBe(id.toUpperCase());
    expect(idsOf(answer.body)).toEqual(expected);
  });

  test('with errors: the result of an included subtask also names it', async () => {
    const { body } = await api.get(`${tasks}/${taskId}?layers=-1&subtaskerrors=true`);
    expect(body[boot2].result).toEqual({ ...bootError, task_id: boot2 });
    expect(body.subtask_errors[boot2]).toEqual(body[boot2].result);
    expect(body[look1].result).not.toHaveProperty('task_id');
  });

  test('with build data: every included task carries its own', async () => {
    const { body } = await api.get(`${tasks}/${taskId}?layers=-1&builddata=yes`);
    expect(body[taskId].build_data).toEqual([]);
    expect(body[configure1Retry].build_data).toEqual([
      {
        node_name: 'n01',
        task_id: configure1Retry,
        collected_date: '2026-01-02 03:04:40.100000+00:00',
        generator: 'lshw',
        data_format: 'text/xml',
        data_element: '<list/>',
      },
    ]);
  });
});

describe('a stage', () => {
  test('holds its steps; a look-up that found nothing is a success', async () => {
    expect((await api.get(`${tasks}/${lookStage}`)).body).toEqual({
      ...flatTask,
      task_id: lookStage,
      action: 'identify_node',
      parent_task_id: taskId,
      result: { ...status, status: 'success', successes: ['n01', 'n02'], failures: [], links: [], details: noMessages },
      subtask_id_list: [look1, look2],
      created: '2026-01-02 03:04:02.100000+00:00',
      created_by: null,
    });
  });

  test('counts the newest attempt of a node, and no node that was skipped', async () => {
    const { body } = await api.get(`${tasks}/${configureStage}`);
    expect(body).toMatchObject({ status: 'complete', retry: 1, subtask_id_list: [configure1, configure1Retry] });
    expect(body.result).toMatchObject({ status: 'success', successes: ['n01'], failures: [] });
  });

  test('shows the errors of its steps alone', async () => {
    const { body } = await api.get(`${tasks}/${bootStage}?subtaskerrors=true`);
    expect(Object.keys(body.subtask_errors)).toEqual([boot2]);
    expect(body.result).toMatchObject({ status: 'failure', successes: [], failures: ['n02'] });
  });
});

describe('a step', () => {
  test('is a leaf with its own node, messages and times', async () => {
    expect((await api.get(`${tasks}/${boot2}`)).body).toEqual({
      ...flatTask,
      task_id: boot2,
      action: 'set_node_boot',
      parent_task_id: bootStage,
      result: bootError,
      node_filter: { filter_set_type: 'intersection', filter_set: [{ filter_type: 'union', node_names: ['n02'] }] },
      subtask_id_list: [],
      created: '2026-01-02 03:04:05.100000+00:00',
      created_by: null,
      updated: '2026-01-02 03:04:45.100000+00:00',
      error: {
        class: 'unavailable',
        reason: 'BMC timeout',
        attempt: 1,
        max_attempts: 1,
        tries: 0,
        used_up_budget: null,
        next_try: null,
      },
    });
  });

  test('that has nothing wrong with it has no word of errors', async () => {
    expect((await api.get(`${tasks}/${look2}`)).body).not.toHaveProperty('error');
  });

  test('that found nothing says so without an error', async () => {
    const { body } = await api.get(`${tasks}/${look2}`);
    expect(body.result).toMatchObject({
      status: 'success',
      details: { errorCount: 0, messageList: [{ message: 'n02 is not there' }] },
    });
  });

  test('that failed without a word shows its reason as an error', async () => {
    const { body } = await api.get(`${tasks}/${configure1}`);
    expect(body.result.details).toMatchObject({
      errorCount: 1,
      messageList: [{ message: 'commissioning failed', context: 'n01' }],
    });
  });

  test('of a later attempt shows its number, and links to its logs, which can be read there', async () => {
    const { body } = await api.get(`${tasks}/${configure1Retry}`);
    expect(body.retry).toBe(1);
    const link = `http://drydock.example:9000${tasks}/${configure1Retry}/builddata`;
    expect(body.result.links).toEqual([{ rel: 'detail_logs', href: link }]);
    expect((await api.get(new URL(link).pathname)).body).toMatchObject([{ generator: 'lshw' }]);
  });
});

test('the list holds every family, parents first, without a secret', async () => {
  const { body, text } = await api.get(tasks);
  expect(body[0]).toEqual(flatTask);
  expect(body.map((one: { task_id: string }) => one.task_id)).toEqual([
    taskId,
    lookStage,
    look1,
    look2,
    bootStage,
    boot2,
    configureStage,
    configure1,
    configure1Retry,
  ]);
  expect(text).not.toContain('hunter2');
});
