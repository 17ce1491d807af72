import { afterEach, describe, expect, test } from '@jest/globals';
import { type EndedTask, type Engine, runEngine } from '../engine/run-engine.js';
import { stepsOf } from './steps-of.js';
import { submitTask } from './submit-task.js';

/** Scenarios of reference 03 §15 that are about the site; a script knows site-wide steps by their verb alone. */
let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

async function run(
  action: 'verify_site' | 'prepare_site',
  script: readonly object[],
): Promise<EndedTask & { id: string }> {
  engine = await runEngine({ script, env: { DRYDOCK_DEADLINE_VALIDATE_NODE_SERVICES_MINUTES: '0.02' } });
  const id = await submitTask(engine.database, { action, nodes: [] });
  return { ...(await engine.ended(id)), id };
}

describe('#3 verify_site', () => {
  test.each([
    ['succeeds with its step', 'success', []],
    [
      'fails with its step',
      'failure',
      [{ verb: 'validate_node_services', outcome: 'failed', errorClass: 'authentication' }],
    ],
    [
      'fails when nothing can be found out',
      'failure',
      [{ verb: 'validate_node_services', outcome: 'throw', reason: 'MAAS does not answer' }],
    ],
  ])('%s', async (_how, resultStatus, script) => {
    expect(await run('verify_site', script)).toMatchObject({ status: 'complete', resultStatus });
  });
});

test('#4 prepare_site does all three steps when the network step fails', async () => {
  const failing = { verb: 'create_network_template', outcome: 'failed', errorClass: 'invalid_design' };
  const task = await run('prepare_site', [failing]);
  expect(task.resultStatus).toBe('partial_success');
  const steps = engine === undefined ? [] : await stepsOf(engine.database, task.id);
  expect(steps.map(({ verb, end }) => [verb, end])).toEqual([
    ['create_network_template', 'failed'],
    ['configure_user_credentials', 'succeeded'],
    ['configure_node_provisioner', 'succeeded'],
  ]);
});
