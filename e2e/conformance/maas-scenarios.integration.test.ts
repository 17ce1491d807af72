import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Simulator, startSimulator } from '@drydock/maas-simulator';
import { compiledNode } from '@drydock/testkit';
import { type Engine, runEngine } from '../engine/run-engine.js';
import { executed } from './steps-of.js';
import { submitTask } from './submit-task.js';

let simulator: Simulator;
let engine: Engine;
beforeAll(async () => {
  simulator = await startSimulator();
  engine = await runEngine({
    env: { DRYDOCK_NODE_DRIVER: 'maas', MAAS_URL: simulator.maasUrl, MAAS_API_KEY: simulator.apiKey },
  });
});
afterAll(async () => {
  await engine?.close();
  await simulator?.close();
});

test('#17 destroying a node that MAAS does not know succeeds', async () => {
  const id = await submitTask(engine.database, { action: 'destroy_nodes', nodes: [compiledNode({ name: 's17' })] });
  expect(await engine.ended(id)).toMatchObject({ status: 'complete', resultStatus: 'success', successes: ['s17'] });
  expect(await executed(engine.database, id, 's17')).toEqual([
    expect.stringMatching(/^destroy_node (succeeded|absent)$/),
  ]);
});
