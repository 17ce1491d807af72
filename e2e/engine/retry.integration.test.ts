import { writeFile } from 'node:fs/promises';
import { afterEach, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { node } from './node.js';
import { type EngineApi, runApi } from './run-api.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine | undefined;
let api: EngineApi | undefined;
afterEach(async () => {
  await api?.close();
  await engine?.close();
  api = engine = undefined;
});

const failure = { outcome: 'failed', reason: 'the disk is too small', errorClass: 'invalid_design' } as const;

/** Starts an engine whose workers follow this script, and an API. */
async function start(script: readonly unknown[]): Promise<readonly [Engine, EngineApi]> {
  engine = await runEngine({ script, workers: 0 });
  api = await runApi(engine);
  return [engine, api];
}

/** Lets the task end under a worker that follows the script. */
async function endUnder(running: Engine, script: readonly unknown[], taskId: string) {
  await writeFile(running.env['DRYDOCK_SCRIPT'] ?? '', JSON.stringify({ format: 1, rows: script }));
  const worker = await running.addWorker();
  const ended = await running.ended(taskId);
  await worker.close();
  return ended;
}

/** What workers were called for, as `node verb`. */
async function executed({ database }: Engine, taskId: string): Promise<readonly string[]> {
  const found = await rows<{ call: string }>(
    database.db,
    sql`select node_name || ' ' || verb as call from step
      where task_id = ${taskId} and first_claimed_at is not null order by key`,
  );
  return found.map(({ call }) => call);
}

async function retry(asked: EngineApi, taskId: string, body: unknown): Promise<string> {
  const { status, location, body: document } = await asked.post(`/tasks/${taskId}/retry`, body);
  expect([status, location]).toEqual([201, `/api/v1.0/tasks/${document.task_id}`]);
  expect(document).toMatchObject({ status: 'queued', retry_of: taskId });
  return document.task_id;
}

it('does the steps of the 7 nodes of 100 that failed from where they failed, and nothing on the other 93', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `n${String(index).padStart(3, '0')}`);
  const bad = names.filter((_, index) => index % 15 === 3);
  expect(bad).toHaveLength(7);
  const script = bad.map((name) => ({ verb: 'apply_node_storage', node: name, ...failure }));
  const [running, asked] = await start(script);
  const first = await running.submit(
    'deploy_nodes',
    names.map((name) => node(name)),
  );
  expect(await endUnder(running, script, first)).toMatchObject({ resultStatus: 'partial_success', failures: bad });

  const second = await retry(asked, first, { scope: 'failed' });
  expect(await endUnder(running, [], second)).toEqual({
    status: 'complete',
    resultStatus: 'success',
    successes: names,
    failures: [],
  });
  expect(await executed(running, second)).toEqual(
    bad.flatMap((name) =>
      ['apply_node_storage', 'apply_node_platform', 'deploy_node'].map((verb) => `${name} ${verb}`),
    ),
  );
  expect((await asked.get(`/tasks/${second}?layers=-1`)).body[second]).toMatchObject({
    retry_of: first,
    retry_scope: { scope: 'failed' },
    result: { status: 'success' },
  });
  const left = await rows(
    running.database.db,
    sql`select verb from stage where total <> succeeded + absent + failed + skipped + cancelled
      union all select id::text from task where steps_total <> steps_ended or snapshot_hash is null
      union all select group_key from place`,
  );
  expect(left).toEqual([]);
  const snapshots = await rows(running.database.db, sql`select distinct snapshot_hash from task`);
  expect(snapshots).toHaveLength(1);
}, 60_000);

it('a retry of a retry goes on with what still fails, and a node or a step can be done again at will', async () => {
  const script = ['a', 'b'].map((name) => ({ verb: 'apply_node_storage', node: name, ...failure }));
  const [running, asked] = await start(script);
  const first = await running.submit('deploy_nodes', [node('a'), node('b'), node('c')]);
  await endUnder(running, script, first);

  const second = await retry(asked, first, { scope: 'node', node_names: ['b'] });
  expect(await endUnder(running, script.slice(0, 1), second)).toMatchObject({ successes: ['b', 'c'], failures: ['a'] });
  expect(await executed(running, second)).toEqual([
    'b apply_node_networking',
    'b apply_node_storage',
    'b apply_node_platform',
    'b deploy_node',
  ]);

  const third = await retry(asked, second, { scope: 'failed' });
  expect(await endUnder(running, [], third)).toMatchObject({ resultStatus: 'success', successes: ['a', 'b', 'c'] });
  expect(await executed(running, third)).toEqual(['a apply_node_storage', 'a apply_node_platform', 'a deploy_node']);

  const [step] = await rows<{ id: string }>(
    running.database.db,
    sql`select id from step where task_id = ${first} and node_name = 'c' and verb = 'apply_node_platform'`,
  );
  const fourth = await retry(asked, third, { scope: 'step', step_id: step?.id });
  expect(await endUnder(running, [], fourth)).toMatchObject({ resultStatus: 'success', successes: ['a', 'b', 'c'] });
  expect(await executed(running, fourth)).toEqual(['c apply_node_platform', 'c deploy_node']);
}, 60_000);

it('what was absent stays so, and what was skipped is skipped again', async () => {
  const script = [
    { verb: 'look_for_node', node: 'new', outcome: 'absent' },
    { verb: 'configure_hardware', outcome: 'failed', reason: 'no memory', errorClass: 'unsupported' },
  ];
  const [running, asked] = await start(script);
  const first = await running.submit('prepare_nodes', [node('new'), node('known')]);
  await endUnder(running, script, first);
  const second = await retry(asked, first, { scope: 'failed' });
  expect(await endUnder(running, [], second)).toMatchObject({ resultStatus: 'success', successes: ['new', 'known'] });
  expect(await executed(running, second)).toEqual(['new configure_hardware', 'known configure_hardware']);
}, 60_000);

it('is refused while the task has not ended, and answers a repeated request with the same task', async () => {
  const script = [{ verb: 'interrogate_oob', node: 'a', ...failure }];
  const [running, asked] = await start(script);
  const first = await running.submit('verify_nodes', [node('a')]);
  const early = await asked.post(`/tasks/${first}/retry`, { scope: 'failed' });
  expect(early).toMatchObject({ status: 409, body: { message: expect.stringContaining('wait until it has ended') } });
  await endUnder(running, script, first);
  const key = { 'idempotency-key': 'k' };
  const once = await asked.post(`/tasks/${first}/retry`, { scope: 'failed' }, key);
  const again = await asked.post(`/tasks/${first}/retry`, { scope: 'failed' }, key);
  expect([once.status, again.status, again.body.task_id]).toEqual([201, 200, once.body.task_id]);
  const other = await asked.post(`/tasks/${first}/retry`, { scope: 'node', node_names: ['a'] }, key);
  expect(other.status).toBe(409);
}, 60_000);
