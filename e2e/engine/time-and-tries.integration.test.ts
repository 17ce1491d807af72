import { afterEach, describe, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { node } from './node.js';
import { type EngineApi, runApi } from './run-api.js';
import { type Engine, type EngineOptions, runEngine } from './run-engine.js';

let engine: Engine | undefined;
let api: EngineApi | undefined;
afterEach(async () => {
  await api?.close();
  await engine?.close();
  engine = undefined;
  api = undefined;
});

const since = /since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;
const quick = { DRYDOCK_RETRY_BACKOFF_SECONDS: '0.01', DRYDOCK_RETRY_BACKOFF_CAP_SECONDS: '0.01' };

interface StepRow {
  readonly id: string;
  readonly status: string;
  readonly end: string | null;
  readonly errorClass: string | null;
  readonly reason: string | null;
  readonly attempt: number;
  readonly tries: number;
}

async function stepsOf(running: Engine, taskId: string, verb: string): Promise<readonly StepRow[]> {
  return await rows<StepRow>(
    running.database.db,
    sql`select id, status, "end", error_class as "errorClass", reason, attempt, tries_total as tries
      from step where task_id = ${taskId} and verb = ${verb} order by key`,
  );
}

async function onlyStep(running: Engine, taskId: string, verb: string): Promise<StepRow> {
  const [step] = await stepsOf(running, taskId, verb);
  if (!step) throw new Error(`no step ${verb}`);
  return step;
}

async function start(options: EngineOptions): Promise<Engine> {
  engine = await runEngine(options);
  return engine;
}

describe('a step whose time is up', () => {
  const deploying = {
    verb: 'deploy_node',
    call: 0,
    outcome: 'observe',
    afterSeconds: 3600,
    state: 'MAAS status: Deploying',
  };
  const env = { ...quick, DRYDOCK_DEADLINE_DEPLOY_NODE_MINUTES: '0.02', DRYDOCK_RETRY_NODE_TRIES: '1' };

  it.each([
    [
      'whose driver still waits',
      { verb: 'deploy_node', outcome: 'waiting', call: '*' },
      'timeout',
      'deploy_node still waits',
    ],
    [
      'whose driver cannot find out',
      { verb: 'deploy_node', outcome: 'throw', reason: 'MAAS is down' },
      'internal',
      'MAAS is down',
    ],
  ])('%s says what was seen last, and since when', async (_case, last, errorClass, said) => {
    const running = await start({ env, script: [deploying, last] });
    const taskId = await running.submit('deploy_nodes', [node('n1')]);
    expect(await running.ended(taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    const step = await onlyStep(running, taskId, 'deploy_node');
    expect(step).toMatchObject({ end: 'failed', errorClass });
    expect(step.reason).toContain(said);
    expect(step.reason).toContain('last known state: MAAS status: Deploying, since ');
    expect(step.reason).toMatch(since);
  });

  it('has the call aborted that is under way, and ends with what the last one finds', async () => {
    const running = await start({
      env: { ...quick, DRYDOCK_DEADLINE_INTERROGATE_OOB_MINUTES: '0.02' },
      script: [{ verb: 'interrogate_oob', outcome: 'done', delayMilliseconds: 2000 }],
    });
    const taskId = await running.submit('verify_nodes', [node('n1')]);
    expect(await running.ended(taskId)).toMatchObject({ resultStatus: 'success' });
    expect(await onlyStep(running, taskId, 'interrogate_oob')).toMatchObject({ end: 'succeeded', tries: 1 });
  });
});

describe('retry budgets', () => {
  const unreachable = { verb: 'interrogate_oob', outcome: 'waiting', afterSeconds: 0.01, call: '*' };
  /** Every other call throws: no class of error gives up, and no deadline comes. */
  const flapping = Array.from({ length: 40 }, (_, call) =>
    call % 2 === 0
      ? { verb: 'interrogate_oob', outcome: 'throw', reason: 'no answer', call }
      : { ...unreachable, call },
  );

  it.each([
    ['the step', { DRYDOCK_RETRY_STEP_TRIES: '3' }, 'the step'],
    ['its node', { DRYDOCK_RETRY_NODE_TRIES: '3' }, 'node:default:n1'],
    ['its BMC', { DRYDOCK_RETRY_BMC_TRIES: '3' }, 'bmc:127.0.0.9:443'],
  ])('end a step when %s has had its tries, and say so in the API', async (_whose, budget, key) => {
    const bmc = { ...node('n1').oob, type: 'redfish', address: '127.0.0.9' } as NonNullable<
      ReturnType<typeof node>['oob']
    >;
    const running = await start({ env: { ...quick, ...budget }, script: flapping });
    const taskId = await running.submit('verify_nodes', [node('n1', { oob: bmc })]);
    expect(await running.ended(taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    const { id } = await onlyStep(running, taskId, 'interrogate_oob');
    api = await runApi(running);
    const { body } = await api.get(`/tasks/${id}`);
    expect(body.error).toMatchObject({
      class: 'budget_used_up',
      reason: expect.stringContaining(`the retry budget of ${key} is used up`),
      attempt: 1,
      max_attempts: 1,
      tries: 4,
      used_up_budget: key,
      next_try: null,
    });
    expect(JSON.stringify(body.result.details.messageList)).toContain(`the retry budget of ${key} is used up`);
  });

  it('let a node that fails again and again have no further attempt, in this task or the next', async () => {
    const running = await start({
      env: { ...quick, DRYDOCK_RETRY_NODE_TRIES: '2', DRYDOCK_RETRY_NODE_REFILL_PER_HOUR: '0' },
      script: [{ verb: 'configure_hardware', outcome: 'failed', reason: 'bad memory', errorClass: 'machine_failed' }],
    });
    const first = await running.submit('prepare_nodes', [node('n1')]);
    await running.ended(first);
    expect(await stepsOf(running, first, 'configure_hardware')).toHaveLength(3);
    const second = await running.submit('prepare_nodes', [node('n1'), node('n2')]);
    await running.ended(second);
    expect(await stepsOf(running, second, 'configure_hardware')).toHaveLength(4);
    api = await runApi(running);
    const [failed] = await stepsOf(running, second, 'configure_hardware');
    const { body } = await api.get(`/tasks/${failed?.id}`);
    expect(body.result.details.messageList.map(({ message }: { message: string }) => message)).toEqual([
      'bad memory',
      'attempt 1 of 4 was the last: the retry budget of node:default:n1 is used up',
    ]);
  });
});

describe('retry now', () => {
  it('ends the pause of a step that rests between two tries, and is told when there is nothing left to do', async () => {
    const hour = { DRYDOCK_RETRY_BACKOFF_SECONDS: '3600', DRYDOCK_RETRY_BACKOFF_CAP_SECONDS: '3600' };
    const running = await start({
      env: { ...hour, DRYDOCK_DEADLINE_INTERROGATE_OOB_MINUTES: '600' },
      script: [{ verb: 'interrogate_oob', outcome: 'throw', reason: 'no answer', call: 0 }],
    });
    const taskId = await running.submit('verify_nodes', [node('n1')]);
    api = await runApi(running);
    const resting = await untilResting(running, taskId);
    const shown = (await api.get(`/tasks/${resting.id}`)).body;
    expect(shown).toMatchObject({ status: 'running', error: { class: 'internal', attempt: 1, tries: 1 } });
    expect(Date.parse(shown.error.next_try)).toBeGreaterThan(Date.now());
    expect(shown.result.details.messageList[0].message).toMatch(
      /^no answer \(internal; try 1 of attempt 1, tried again in \d+\.\d s\)$/,
    );
    expect(await api.post(`/tasks/${taskId}/retry-now`, {})).toMatchObject({
      status: 200,
      body: { task_id: taskId, steps: 1 },
    });
    expect(await running.ended(taskId)).toMatchObject({ resultStatus: 'success', successes: ['n1'] });
    expect(await api.post(`/tasks/${taskId}/retry-now`, {})).toMatchObject({ status: 409 });
    expect(await api.post('/tasks/00000000-0000-4000-8000-000000000000/retry-now', {})).toMatchObject({ status: 404 });
  });

  it('ends the wait of one step that looks again by the clock', async () => {
    const running = await start({
      script: [{ verb: 'interrogate_oob', outcome: 'waiting', afterSeconds: 200, call: 0 }],
    });
    const taskId = await running.submit('verify_nodes', [node('n1')]);
    api = await runApi(running);
    const { id } = await untilResting(running, taskId);
    expect(await api.post(`/tasks/${id}/retry-now`, {})).toMatchObject({
      status: 200,
      body: { task_id: id, steps: 1 },
    });
    expect(await running.ended(taskId)).toMatchObject({ resultStatus: 'success' });
  });
});

const pollMilliseconds = 20;

/** Until a call of the step has ended without ending the step. */
async function untilResting(running: Engine, taskId: string): Promise<StepRow> {
  for (;;) {
    const [step] = await rows<StepRow>(
      running.database.db,
      sql`select id, status from step where task_id = ${taskId} and not_before > clock_timestamp()`,
    );
    if (step) return step;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
