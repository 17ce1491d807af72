import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hastenSteps } from '@drydock/model/db';
import { node } from '../engine/node.js';
import { type Engine, runEngine } from '../engine/run-engine.js';
import { until } from '../site/until.js';
import { stepsOf } from './steps-of.js';
import { submitTask } from './submit-task.js';

/** Longer than the test: the slow node goes on only when it is told to. */
const slowSeconds = 250;

let engine: Engine;
beforeAll(async () => {
  engine = await runEngine({
    script: [{ verb: 'apply_node_networking', node: 's23-000', outcome: 'waiting', afterSeconds: slowSeconds }],
  });
});
afterAll(() => engine?.close());

test('#23 of 200 nodes one that is slow in its networking holds up nobody', async () => {
  const nodes = Array.from({ length: 200 }, (_, index) => node(`s23-${String(index).padStart(3, '0')}`));
  const id = await submitTask(engine.database, { action: 'deploy_nodes', nodes });
  await until(
    'all others are deployed',
    async () => {
      const steps = await stepsOf(engine.database, id);
      return steps.filter(({ verb, end }) => verb === 'deploy_node' && end === 'succeeded').length === 199;
    },
    120,
  );
  const slow = (await stepsOf(engine.database, id)).filter((step) => step.node === 's23-000');
  expect(slow.filter(({ end }) => end !== null)).toEqual([]);
  await hastenSteps(engine.database.db, { kind: 'task', id, taskId: id, stageId: null });
  expect(await engine.ended(id)).toMatchObject({ resultStatus: 'success', failures: [] });
}, 180_000);
