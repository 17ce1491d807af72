import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';
import { Balancer } from './balancer.js';
import { type Load, startLoad } from './load.js';
import { type ApiProcess, freePorts, startApiProcess } from './start-api-process.js';

let site: Site;
let apis: ApiProcess[];
let balancer: Balancer;
let load: Load | undefined;
beforeAll(async () => {
  const script = [{ verb: 'apply_node_networking', outcome: 'waiting', afterSeconds: 3600 }];
  site = await runSite({ backend: 'postgres', workers: 1, script });
  const ports = [await freePorts(), await freePorts()];
  apis = await Promise.all(ports.map((pair, index) => startApiProcess(site, `api-${index}`, pair)));
  balancer = await Balancer.start([...apis]);
}, 120_000);
afterAll(async () => {
  await load?.stop();
  await balancer?.close();
  await Promise.all((apis ?? []).map((api) => api.stop()));
  await site?.close();
}, 120_000);

/** Answers that must come before, between and after the restarts. */
const answersBetween = 200;

it('restarting each API under load fails no request', async () => {
  const designRef = await site.writeDesign('one', scriptedDesign(['n1']));
  const { task_id: taskId } = await site.client.createTask({ action: 'deploy_nodes', designRef });
  const create = { action: 'verify_site', design_ref: designRef };
  const asked = startLoad(balancer.port, [
    { method: 'GET', path: '/versions' },
    { method: 'GET', path: '/api/v1.0/tasks?limit=5' },
    { method: 'GET', path: `/api/v1.0/tasks/${taskId}` },
    { method: 'GET', path: `/api/v1.0/tasks/${taskId}?layers=2` },
    { method: 'POST', path: '/api/v1.0/tasks', body: JSON.stringify(create) },
    // It does not end: whoever stops must end the waiting.
    { method: 'GET', path: `/api/v1.0/tasks/${taskId}?wait=25` },
  ]);
  load = asked;
  const answers = async (count: number) => {
    const before = asked.answered;
    await until(`${count} more answers`, () => asked.answered >= before + count, 60);
  };
  await answers(answersBetween);
  for (const [index, api] of apis.entries()) {
    const stopping = api.stop();
    await until('it says that it stops, while it still serves', () => !balancer.isReady(api));
    await answers(answersBetween);
    await stopping;
    const { port } = new URL(api.healthUrl);
    apis[index] = await startApiProcess(site, `api-${index}-again`, [api.port, Number(port)]);
    await until('it is used again', () => balancer.isReady(api));
    await answers(answersBetween);
  }
  await asked.stop();
  expect(asked.failures).toEqual([]);
  expect(asked.answered).toBeGreaterThan(5 * answersBetween);
}, 180_000);
