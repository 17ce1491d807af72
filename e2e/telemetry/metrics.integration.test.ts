import { afterEach, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { node } from '../engine/node.js';
import { type EngineApi, runApi } from '../engine/run-api.js';
import { type Engine, runEngine } from '../engine/run-engine.js';
import { until } from '../site/until.js';
import { type Scrape, scrape, sumOf } from './read-metrics.js';

let engine: Engine | undefined;
let api: EngineApi | undefined;
afterEach(async () => {
  await api?.close();
  await engine?.close();
  api = engine = undefined;
});

const scrapeAll = ({ healthUrls }: Engine): Promise<readonly Scrape[]> => Promise.all(healthUrls.map(scrape));

/** Scrapes until the counters of all processes say so: a move is counted just after its commit. */
async function untilScraped(running: Engine, series: string, value: number): Promise<readonly Scrape[]> {
  return await until(`${series} is ${value}`, async () => {
    const scrapes = await scrapeAll(running);
    return sumOf(scrapes, series)[series] === value ? scrapes : null;
  });
}

it('the counters of all processes together are what the database says', async () => {
  engine = await runEngine({
    workers: 2,
    script: [
      { verb: 'apply_node_networking', node: 'n1', outcome: 'throw', call: 0, reason: 'no answer' },
      { verb: 'apply_node_storage', node: 'n2', outcome: 'failed', reason: 'too small', errorClass: 'invalid_design' },
      { verb: 'deploy_node', node: 'n3', outcome: 'waiting', afterSeconds: 0.05 },
      { verb: 'deploy_node', node: 'n4', outcome: 'observe', afterSeconds: 0.05 },
    ],
  });
  const nodes = ['n1', 'n2', 'n3', 'n4'].map((name) => node(name));
  expect(await engine.ended(await engine.submit('deploy_nodes', nodes))).toMatchObject({ failures: ['n2'] });
  const ended =
    'drydock_tasks_ended_total{action="deploy_nodes",lane="default",status="complete",result="partial_success"}';
  const scrapes = await untilScraped(engine, ended, 1);

  const ends = await rows<{ series: string; count: number }>(
    engine.database.db,
    sql`select format('drydock_steps_ended_total{verb="%s",end="%s",error_class="%s"}', verb, "end", coalesce(error_class, '')) as series,
      count(*)::int as count from step group by 1`,
  );
  expect(sumOf(scrapes, 'drydock_steps_ended_total')).toEqual(
    Object.fromEntries(ends.map(({ series, count }) => [series, count])),
  );
  const [claims] = await rows<{ count: number }>(
    engine.database.db,
    sql`select sum(fence)::int as count from step where fence > 0`,
  );
  const [executed] = await rows<{ count: number }>(
    engine.database.db,
    sql`select count(*)::int as count from step where fence > 0 and status = 'ended'`,
  );
  const total = (name: string) => Object.values(sumOf(scrapes, `${name}_count`)).reduce((sum, value) => sum + value, 0);
  expect(total('drydock_ring_lag_seconds')).toBe(claims?.count);
  expect(total('drydock_step_call_duration_seconds')).toBe(claims?.count);
  expect(total('drydock_step_duration_seconds')).toBe(executed?.count);
  const [tried] = await rows<{ count: number }>(
    engine.database.db,
    sql`select sum(tries_total)::int as count from step where verb = 'apply_node_networking'`,
  );
  const retries = 'drydock_step_moves_total{verb="apply_node_networking",move="retry"}';
  expect(tried?.count).toBeGreaterThan(0);
  expect(sumOf(scrapes, retries)).toEqual({ [retries]: tried?.count });
  expect(Object.keys(sumOf(scrapes, 'drydock_calls_failed_total'))).toEqual([
    'drydock_calls_failed_total{verb="apply_node_networking"}',
  ]);
  expect(sumOf(scrapes, 'drydock_tasks_started_total')).toEqual({ 'drydock_tasks_started_total{lane="default"}': 1 });
  expect(total('drydock_cycle_duration_seconds')).toBeGreaterThan(3);
  expect(sumOf(scrapes, 'drydock_sweep_failures_total')).toEqual({});
}, 120_000);

it('the gauges say what runs, what waits and for what', async () => {
  engine = await runEngine({
    env: { DRYDOCK_WORKER_SLOTS: '5' },
    script: [{ verb: 'apply_node_storage', outcome: 'waiting', node: 'n1', afterSeconds: 3600 }],
  });
  const running = engine;
  await running.database.db.execute(sql`insert into concurrency_group (key, scope, "limit", held)
    values ('node:default:n2', 'task', 1, 1)`);
  const first = await running.submit('deploy_nodes', [node('n1'), node('n2')]);
  await running.submit('verify_nodes', [node('n1')]);
  await until('n1 waits', async () => {
    const found = await rows(
      running.database.db,
      sql`select 1 from step where task_id = ${first} and status = 'waiting'`,
    );
    return found.length > 0;
  });
  const waiting = await until('the scheduler knows it', async () => {
    const [scheduler] = await scrapeAll(running);
    const said = sumOf(scheduler ? [scheduler] : [], 'drydock_steps_waiting');
    // What was read from the database is kept for some seconds: the places of the call may still be in it.
    const isOfNow = scheduler?.get('drydock_group_places{kind="maas"}') === undefined;
    // A parked step is considered again now and then: then it is ready for a moment.
    const isKnown = said['drydock_steps_waiting{reason="machine",group=""}'] === 1;
    const isParked = said['drydock_steps_waiting{reason="group",group="node"}'] === 1;
    return isOfNow && isKnown && isParked ? { scheduler, said } : null;
  });
  expect(waiting.said).toEqual({
    'drydock_steps_waiting{reason="group",group="node"}': 1,
    'drydock_steps_waiting{reason="machine",group=""}': 1,
    'drydock_steps_waiting{reason="need",group=""}': 5,
  });
  const scrapes = waiting.scheduler ? [waiting.scheduler] : [];
  expect(sumOf(scrapes, 'drydock_tasks{')).toEqual({
    'drydock_tasks{lane="default",status="queued"}': 1,
    'drydock_tasks{lane="default",status="running"}': 1,
  });
  expect(sumOf(scrapes, 'drydock_group_places')).toEqual({ 'drydock_group_places{kind="node"}': 1 });
  expect(sumOf(scrapes, 'drydock_group_limit')).toMatchObject({
    'drydock_group_limit{kind="node"}': 2,
    'drydock_group_limit{kind="steps"}': 20,
  });
  expect(sumOf(scrapes, 'drydock_processes')).toEqual({
    'drydock_processes{process="scheduler"}': 1,
    'drydock_processes{process="worker"}': 1,
  });
  expect(sumOf(scrapes, 'drydock_worker_slots')).toEqual({ drydock_worker_slots: 5 });
  expect(waiting.scheduler?.get('drydock_intents_open')).toBe(0);
  expect(waiting.scheduler?.get('drydock_queue_jobs{queue="steps",state="waiting"}')).toBe(0);
  const [worker] = await Promise.all(running.healthUrls.slice(1).map(scrape));
  expect(worker?.get('drydock_slots{state="limit"}')).toBe(5);
}, 120_000);

it('the API counts requests by route, and answers scrapes on its health port alone', async () => {
  engine = await runEngine({ workers: 0 });
  api = await runApi(engine);
  await api.get('/tasks');
  await api.get('/tasks/00000000-0000-4000-8000-000000000000');
  await api.get('/no-such-path');
  const { healthUrl } = api;
  const values = await until('all requests are counted', async () => {
    const counted = sumOf([await scrape(healthUrl)], 'drydock_http_requests_total');
    return Object.keys(counted).length === 3 ? counted : null;
  });
  expect(values).toEqual({
    'drydock_http_requests_total{method="GET",route="/api/v1.0/tasks",status="200"}': 1,
    'drydock_http_requests_total{method="GET",route="/api/v1.0/tasks/:taskId",status="404"}': 1,
    'drydock_http_requests_total{method="GET",route="other",status="404"}': 1,
  });
  expect((await fetch(`${api.url}/metrics`)).status).toBe(404);
  expect(new URL(healthUrl).hostname).toBe('127.0.0.1');
}, 120_000);
