import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';
import { type EngineApi, runApi } from './run-api.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine | undefined;
let api: EngineApi | undefined;
afterEach(async () => {
  await api?.close();
  await engine?.close();
  api = engine = undefined;
});

/** The storage of `shared` is not ready until a test says so. */
const script = [{ verb: 'apply_node_storage', node: 'shared', outcome: 'waiting', afterSeconds: 3600 }];
const lanes = {
  DRYDOCK_LANES: 'default,edge',
  DRYDOCK_LANE_RULES: '[{"lane":"edge","designRef":"*/edge*"},{"lane":"edge","actions":["prepare_nodes"]}]',
};

async function start(more: Readonly<Record<string, string>> = {}): Promise<readonly [Engine, EngineApi]> {
  const folder = process.env['TMPDIR'] ?? '/tmp';
  engine = await runEngine({ script, env: { ...lanes, DRYDOCK_DESIGN_FILE_ROOTS: folder, ...more } });
  api = await runApi(engine);
  return [engine, api];
}

interface Asked {
  /** What its name begins with, which decides the lane. */
  readonly design: string;
  readonly action?: string;
  readonly nodes: readonly string[];
}

async function submit(running: Engine, asked: EngineApi, task: Asked): Promise<string> {
  const file = join(running.env['DRYDOCK_SCRIPT'] ?? '', '..', `${task.design}-${task.nodes.join('-')}.yaml`);
  await writeFile(file, scriptedDesign(task.nodes));
  const request = { action: task.action ?? 'verify_nodes', design_ref: pathToFileURL(file).href };
  const answer = await asked.post('/tasks', request);
  expect(answer.status).toBe(201);
  return answer.body.task_id;
}

/** Somebody else has, or has no longer, the one place of the node. */
async function hold({ database }: Engine, node: string, held: 0 | 1): Promise<void> {
  await database.db.execute(sql`insert into concurrency_group (key, scope, "limit", held)
    values (${`node:default:${node}`}, 'task', 1, ${held}) on conflict (key) do update set held = excluded.held`);
}

const statusOf = async (asked: EngineApi, id: string): Promise<string> => (await asked.get(`/tasks/${id}`)).body.status;

/** What the API says of the node's one step that does not run, as soon as it says this. */
const whyOf = (asked: EngineApi, id: string, node: string, reason: string) =>
  until(`${node} has the blocker ${reason}`, async () => {
    const { body } = await asked.get(`/tasks/${id}/why?node=${node}`);
    const step = body.steps.find(({ blockers }: { blockers: { reason: string }[] }) => blockers[0]?.reason === reason);
    return step ?? null;
  });

it('tasks of two lanes run at once on nodes that differ, and tasks of one lane do not (03 §15 #21)', async () => {
  const [running, asked] = await start();
  await hold(running, 'a1', 1);
  const core = await submit(running, asked, { design: 'core', nodes: ['a1', 'a2'] });
  const behind = await submit(running, asked, { design: 'core', nodes: ['c1'] });
  const edge = await submit(running, asked, { design: 'edge', nodes: ['b1', 'b2'] });
  expect(await running.ended(edge)).toMatchObject({ resultStatus: 'success', successes: ['b1', 'b2'] });
  expect([await statusOf(asked, core), await statusOf(asked, behind)]).toEqual(['running', 'queued']);
  expect((await asked.get(`/tasks/${behind}/why`)).body).toMatchObject({
    lane: 'default',
    blockers: [{ reason: 'lane_busy', task_id: core, action: 'verify_nodes', status: 'running' }],
  });
  await hold(running, 'a1', 0);
  for (const id of [core, behind]) expect(await running.ended(id)).toMatchObject({ resultStatus: 'success' });
}, 60_000);

it('of two tasks with one node the second waits for it, and says who has it (03 §15 #22)', async () => {
  const [running, asked] = await start();
  const core = await submit(running, asked, { design: 'core', action: 'deploy_nodes', nodes: ['shared', 'a1'] });
  const waiting = await whyOf(asked, core, 'shared', 'until');
  expect(waiting).toMatchObject({ action: 'apply_node_storage', status: 'waiting' });
  const edge = await submit(running, asked, { design: 'edge', nodes: ['shared', 'b1'] });
  expect(await whyOf(asked, edge, 'shared', 'group')).toMatchObject({
    action: 'interrogate_oob',
    status: 'pending',
    blockers: [
      {
        ...{ reason: 'group', group: 'node:default:shared', scope: 'task', limit: 1, held: 1 },
        holders: [{ task_id: core, step_id: null, action: null, node_name: 'shared' }],
      },
    ],
  });
  const claimed = await rows(
    running.database.db,
    sql`select id from step where task_id = ${edge} and node_name = 'shared' and first_claimed_at is not null`,
  );
  expect(claimed).toEqual([]);
  await running.database.db.execute(
    sql`update step set status = 'pending', moved = true, not_before = null where status = 'waiting'`,
  );
  for (const id of [core, edge]) expect(await running.ended(id)).toMatchObject({ resultStatus: 'success' });
  const order = await rows<{ id: string }>(
    running.database.db,
    sql`select task_id as id from step where node_name = 'shared' order by first_claimed_at`,
  );
  expect(order.map(({ id }) => id)).toEqual([core, core, core, core, edge]);
}, 60_000);

it('a lane never has more queued tasks than it may have, however many ask at once', async () => {
  const [running, asked] = await start({ DRYDOCK_LANE_MAX_QUEUED: '3,edge=0' });
  await running.database.db.execute(sql`update lane set paused_at = clock_timestamp()`);
  const body = { action: 'verify_site', design_ref: 'file:///none.yaml' };
  const first = await asked.post('/tasks', body, { 'idempotency-key': 'k' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => asked.post('/tasks', body)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  const refused = answers.find(({ status }) => status !== 201);
  expect(refused).toMatchObject({
    status: 429,
    body: {
      type: 'error',
      retry: true,
      message: expect.stringMatching(/^the lane default has 3 queued tasks and takes at most 3;/),
    },
  });
  const again = await asked.post('/tasks', body, { 'idempotency-key': 'k' });
  expect([again.status, again.body.task_id]).toEqual([200, first.body.task_id]);
  const edge = await asked.post('/tasks', { ...body, action: 'verify_site', design_ref: 'file:///edge.yaml' });
  expect(edge).toMatchObject({ status: 429, body: { message: expect.stringContaining('the lane edge has 0 queued') } });
}, 60_000);
