import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { readEffects, type ScriptRow } from '@drydock/scripted-driver';
import { type SQL, sql } from 'drizzle-orm';
import { endOfTask, errorsOf } from '../site/end-of-task.js';
import { orderTask } from '../site/order-task.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { announcingWorker, drivingScheduler } from '../site/who-acts.js';

/** Longer than any of these tests: only an order ends it. */
const forever = { delayMilliseconds: 600_000 } as const;

/** What a node does is told by its name. */
const script: readonly ScriptRow[] = [
  ...['busy', 'paused'].map((node): ScriptRow => ({ verb: 'apply_node_storage', node, outcome: 'done', ...forever })),
  { verb: 'deploy_node', node: 'deploys', outcome: 'observe', afterSeconds: 600, withEffects: true },
  {
    verb: 'apply_node_platform',
    node: 'dwells',
    outcome: 'done',
    withEffects: true,
    delayAt: 'after_intent',
    // Well below the second that a worker has at least between an announcement and its last moment to send.
    delayMilliseconds: 700,
  },
  { verb: 'deploy_node', node: 'dies', outcome: 'done', withEffects: true, delayAt: 'after_effect', ...forever },
  { verb: 'apply_node_networking', node: 'slow', outcome: 'waiting', afterSeconds: 2 },
];

let site: Site;
beforeAll(async () => {
  const env = { DRYDOCK_DESIGN_HOSTS: '127.0.0.1', DRYDOCK_DESIGN_ALLOW_LOOPBACK: 'true' };
  site = await runSite({ backend: 'postgres', script, env });
}, 60_000);
afterAll(() => site?.close(), 60_000);

const terminate = (taskId: string) => orderTask(site, taskId, 'terminate');
const ask = <Row>(statement: SQL) => rows<Row>(site.database.db, statement);

async function deploy(...nodes: readonly string[]): Promise<string> {
  const designRef = await site.writeDesign(nodes.join('-'), scriptedDesign(nodes));
  return (await site.client.createTask({ action: 'deploy_nodes', designRef })).task_id;
}

/** The node's step of this verb is where the test wants it. */
const untilStep = (taskId: string, node: string, [verb, status]: readonly [string, string]) =>
  until(`${verb} of ${node} is ${status}`, async () => {
    const found = await ask(
      sql`select 1 from step where task_id = ${taskId} and node_name = ${node} and verb = ${verb} and status = ${status}`,
    );
    return found.length > 0;
  });

async function effectsOf(node: string): Promise<readonly string[]> {
  return (await readEffects(site.effectsFile)).filter((effect) => effect.node === node).map(({ verb }) => verb);
}

/** The task is over because somebody asked for it, and nobody holds anything of it. */
async function terminated(taskId: string): Promise<readonly string[]> {
  const task = await endOfTask(site, taskId);
  expect(task).toMatchObject({ status: 'terminated', terminate: true, terminated_by: 'noauth' });
  expect(await whatIsHeld(site)).toEqual([]);
  const { status, successes, failures } = task.result;
  return [status, ...successes.map((name) => `+${name}`), ...failures.map((name) => `-${name}`), ...errorsOf(task)];
}

describe('a task that is terminated', () => {
  test('while it is queued is over at once, and the one before it is not touched', async () => {
    const first = await deploy('busy');
    await untilStep(first, 'busy', ['apply_node_storage', 'running']);
    const second = await deploy('quick');
    expect(await terminate(second)).toMatchObject({ status: 200, task: { status: 'terminated' } });
    expect((await site.client.getTask(first)).status).toBe('running');
    await terminate(first);
    await endOfTask(site, first);
    expect(await effectsOf('quick')).toEqual([]);
  });

  test('aborts what is under way, frees the lane, and answers again and again', async () => {
    const taskId = await deploy('busy', 'quick');
    await untilStep(taskId, 'busy', ['apply_node_storage', 'running']);
    await untilStep(taskId, 'quick', ['deploy_node', 'ended']);
    expect(await terminate(taskId)).toMatchObject({ status: 202, task: { status: 'terminating' } });
    expect(await terminated(taskId)).toEqual([
      'partial_success',
      '+quick',
      '-busy',
      'the task was terminated; stopped in the middle of apply_node_storage: busy',
    ]);
    expect((await terminate(taskId)).status).toBe(200);
    expect((await endOfTask(site, await deploy('after'))).result.status).toBe('success');
  });

  test('while a machine deploys says that the machine goes on', async () => {
    const taskId = await deploy('deploys');
    await untilStep(taskId, 'deploys', ['deploy_node', 'waiting']);
    await terminate(taskId);
    expect(await terminated(taskId)).toEqual([
      'failure',
      '-deploys',
      'the task was terminated; stopped in the middle of deploy_node (MAAS goes on deploying what it was told to deploy): deploys',
    ]);
  });

  test('waits for an effect that is announced, and does it once', async () => {
    const taskId = await deploy('dwells');
    const step = { taskId, node: 'dwells', verb: 'apply_node_platform' } as const;
    await until('the effect is announced', () => announcingWorker(site, step));
    await terminate(taskId);
    expect(await terminated(taskId)).toEqual([
      'failure',
      '-dwells',
      // Whether its worker had heard of it when the effect was settled.
      expect.stringMatching(/stopped (before deploy_node|in the middle of apply_node_platform): dwells$/),
    ]);
    expect(await effectsOf('dwells')).toEqual(['apply_node_platform']);
    expect(await ask(sql`select found from intent join step on step.id = step_id where task_id = ${taskId}`)).toEqual([
      { found: 'done' },
    ]);
  });

  test('settles what a dead worker left open, and does nothing more', async () => {
    const taskId = await deploy('dies');
    const step = { taskId, node: 'dies', verb: 'deploy_node' } as const;
    const worker = await until('the effect is done', async () =>
      (await effectsOf('dies')).length > 0 ? announcingWorker(site, step) : null,
    );
    process.kill(worker, 'SIGKILL');
    await terminate(taskId);
    expect(await terminated(taskId)).toContainEqual(expect.stringContaining('MAAS goes on deploying'));
    expect(await effectsOf('dies')).toEqual(['deploy_node']);
  });

  test('while its scheduler is dead ends under the next one', async () => {
    const taskId = await deploy('busy');
    await untilStep(taskId, 'busy', ['apply_node_storage', 'running']);
    site.signal('scheduler', 'SIGKILL');
    expect((await terminate(taskId)).status).toBe(202);
    expect((await terminated(taskId))[0]).toBe('failure');
  });

  test('while it is paused ends all the same', async () => {
    const taskId = await deploy('paused');
    await untilStep(taskId, 'paused', ['apply_node_storage', 'running']);
    expect((await orderTask(site, taskId, 'pause')).status).toBe(200);
    await terminate(taskId);
    expect((await terminated(taskId))[0]).toBe('failure');
  });

  test('while its design is fetched ends the fetch, and no machine is touched', async () => {
    const gone: Promise<unknown>[] = [];
    const server: Server = createServer((_request, response) => void gone.push(once(response, 'close')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const designRef = `http://127.0.0.1:${(server.address() as AddressInfo).port}/site.yaml`;
      const { task_id: taskId } = await site.client.createTask({ action: 'deploy_nodes', designRef });
      await until('the design is asked for', () => gone[0] !== undefined);
      expect((await terminate(taskId)).status).toBe(202);
      expect(await terminated(taskId)).toEqual([
        'failure',
        'the task was terminated before its plan was made: nothing was done',
      ]);
      await gone[0];
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test('a paused task begins nothing, also under another scheduler, and goes on when it is resumed', async () => {
  const taskId = await deploy('slow');
  await untilStep(taskId, 'slow', ['apply_node_networking', 'waiting']);
  const { task } = await orderTask(site, taskId, 'pause');
  expect(task).toMatchObject({ status: 'running', paused_by: 'noauth' });
  const before = await until('somebody drives the task', () => drivingScheduler(site, taskId));
  site.signal('scheduler', 'SIGKILL');
  await until('another drives the task', async () => ((await drivingScheduler(site, taskId)) ?? before) !== before);
  await untilStep(taskId, 'slow', ['apply_node_networking', 'ended']);
  const begun = sql`select verb from step where task_id = ${taskId} and first_admitted_at is not null`;
  await until('the end was looked at', async () => {
    const looked = await ask(sql`select 1 from stage where task_id = ${taskId} and succeeded > 0`);
    return looked.length > 0;
  });
  expect(await ask(begun)).toEqual([{ verb: 'apply_node_networking' }]);
  expect((await orderTask(site, taskId, 'resume')).status).toBe(200);
  expect((await endOfTask(site, taskId)).result).toMatchObject({ status: 'success', successes: ['slow'] });
  expect(await whatIsHeld(site)).toEqual([]);
}, 60_000);
