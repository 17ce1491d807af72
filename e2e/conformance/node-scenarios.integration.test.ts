import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding, TaskAction } from '@drydock/model';
import { node } from '../engine/node.js';
import { type EndedTask, type Engine, runEngine } from '../engine/run-engine.js';
import { executed, messagesOf, stepsOf } from './steps-of.js';
import { submitTask, type Wanted } from './submit-task.js';

/** The scenarios of reference 03 §15 that one site can show, each on nodes of its own. */
const script = [
  {
    verb: 'interrogate_oob',
    node: 's05-bad',
    outcome: 'failed',
    reason: 'wrong password',
    errorClass: 'authentication',
  },
  { verb: 'look_for_node', node: 's08', outcome: 'absent' },
  { verb: 'identify_node', node: 's08', call: 0, outcome: 'waiting', afterSeconds: 0.05 },
  { verb: 'identify_node', node: 's08', call: 1, outcome: 'waiting', afterSeconds: 0.05 },
  { verb: 'look_for_node', node: 's09', outcome: 'absent' },
  { verb: 'set_node_boot', node: 's09', outcome: 'throw', reason: 'the BMC does not answer' },
  { verb: 'configure_hardware', node: 's10', attempt: 0, outcome: 'failed' },
  { verb: 'configure_hardware', node: 's11', outcome: 'failed', reason: 'memory test failed' },
  { verb: 'apply_node_storage', node: 's13-a', outcome: 'failed', errorClass: 'invalid_design' },
  { verb: 'apply_node_storage', node: 's13-c', outcome: 'failed', errorClass: 'invalid_design' },
  { verb: 'apply_node_storage', node: 's13-d', outcome: 'failed', errorClass: 'invalid_design' },
  { verb: 'deploy_node', node: 's14-a', attempt: 0, outcome: 'failed', reason: 'no disk' },
] as const;

let engine: Engine;
beforeAll(async () => {
  engine = await runEngine({ script, env: { DRYDOCK_DEADLINE_SET_NODE_BOOT_MINUTES: '0.02' } });
});
afterAll(() => engine?.close());

interface Ran extends EndedTask {
  readonly id: string;
}

async function run(wanted: Wanted): Promise<Ran> {
  const id = await submitTask(engine.database, wanted);
  return { ...(await engine.ended(id)), id };
}

const on = (action: TaskAction, ...names: readonly string[]) => run({ action, nodes: names.map((name) => node(name)) });

test('#1 noop names every node a success', async () => {
  expect(await on('noop', 's01-a', 's01-b', 's01-c')).toMatchObject({
    status: 'complete',
    resultStatus: 'success',
    successes: ['s01-a', 's01-b', 's01-c'],
  });
});

describe('verify_nodes', () => {
  test('#5 fills both lists when one node fails', async () => {
    expect(await on('verify_nodes', 's05-good', 's05-bad')).toMatchObject({
      resultStatus: 'partial_success',
      successes: ['s05-good'],
      failures: ['s05-bad'],
    });
  });

  test('#6 fails a node whose out-of-band type nobody speaks', async () => {
    const strange = node('s06');
    const task = await run({
      action: 'verify_nodes',
      nodes: [{ ...strange, oob: strange.oob && { ...strange.oob, type: 'pigeon' } }],
    });
    expect(task).toMatchObject({ resultStatus: 'failure', successes: [], failures: ['s06'] });
    expect(await messagesOf(engine.database, task.id)).toContainEqual({
      text: expect.stringContaining('no out-of-band driver speaks pigeon'),
      isError: true,
    });
  });
});

describe('prepare_nodes', () => {
  test('#7 only commissions a known node', async () => {
    const task = await on('prepare_nodes', 's07');
    expect(task).toMatchObject({ resultStatus: 'success', successes: ['s07'] });
    expect(await executed(engine.database, task.id, 's07')).toEqual([
      'look_for_node succeeded',
      'configure_hardware succeeded',
    ]);
  });

  test('#8 waits until an unknown node is identified', async () => {
    const task = await on('prepare_nodes', 's08');
    expect(task).toMatchObject({ resultStatus: 'success', successes: ['s08'] });
    expect(await executed(engine.database, task.id, 's08')).toEqual([
      'look_for_node absent',
      'set_node_boot succeeded',
      'power_cycle_node succeeded',
      'identify_node succeeded',
      'configure_hardware succeeded',
    ]);
  });

  test('#9 fails a node whose BMC cannot be reached, and says so', async () => {
    const task = await on('prepare_nodes', 's09');
    expect(task).toMatchObject({ resultStatus: 'failure', successes: [], failures: ['s09'] });
    expect(await messagesOf(engine.database, task.id)).toContainEqual({
      text: expect.stringContaining('the BMC does not answer'),
      isError: true,
    });
  });

  test('#10 commissions again after a failure', async () => {
    const task = await on('prepare_nodes', 's10');
    expect(task).toMatchObject({ resultStatus: 'success', successes: ['s10'], failures: [] });
    expect(await executed(engine.database, task.id, 's10')).toContain('configure_hardware#1 succeeded');
  });

  test('#11 gives up after four commissions, and the node is a failure only', async () => {
    const task = await on('prepare_nodes', 's11');
    expect(task).toMatchObject({ resultStatus: 'failure', successes: [], failures: ['s11'] });
    const runs = (await executed(engine.database, task.id, 's11')).filter((step) => step.startsWith('configure'));
    expect(runs).toHaveLength(4);
  });
});

describe('deploy_nodes', () => {
  test('#12 deploys every node', async () => {
    expect(await on('deploy_nodes', 's12-a', 's12-b')).toMatchObject({
      resultStatus: 'success',
      successes: ['s12-a', 's12-b'],
    });
  });

  test.each([
    ['one node', ['s13-a', 's13-b'], { resultStatus: 'partial_success', successes: ['s13-b'], failures: ['s13-a'] }],
    ['all nodes', ['s13-c', 's13-d'], { resultStatus: 'failure', successes: [], failures: ['s13-c', 's13-d'] }],
  ])('#13 counts failed storage of %s', async (_which, names, result) => {
    expect(await on('deploy_nodes', ...names)).toMatchObject(result);
  });

  test('#14 tries only the failed node again', async () => {
    const task = await on('deploy_nodes', 's14-a', 's14-b');
    expect(task).toMatchObject({ resultStatus: 'success', successes: ['s14-a', 's14-b'] });
    const deployments = (await stepsOf(engine.database, task.id)).filter(({ verb }) => verb === 'deploy_node');
    expect(deployments.map((step) => [step.node, step.attempt, step.end])).toEqual([
      ['s14-a', 0, 'failed'],
      ['s14-b', 0, 'succeeded'],
      ['s14-a', 1, 'succeeded'],
    ]);
  });
});

describe('any action on nodes', () => {
  const actions = ['verify_nodes', 'prepare_nodes', 'deploy_nodes', 'destroy_nodes', 'relabel_nodes'] as const;

  test.each(actions)(
    '#18 %s of an empty set of nodes succeeds, and says that there was nothing to do',
    async (action) => {
      const task = await run({
        action,
        nodes: [node('s18')],
        nodeFilter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_tags: ['nobody'] }] },
      });
      expect(task).toMatchObject({ status: 'complete', resultStatus: 'success', successes: [], failures: [] });
      expect(await messagesOf(engine.database, task.id)).toEqual([
        { text: expect.stringContaining('no node of the design matches'), isError: false },
      ]);
    },
  );

  test.each(actions)('#19 %s on an invalid design fails with the findings', async (action) => {
    const error: Finding = {
      rule: 'site.unique-names',
      code: 'DD1001',
      level: 'error',
      message: 'two nodes are called s19',
      diagnostic: '',
      documents: [],
      place: null,
    };
    const task = await run({ action, nodes: [node('s19')], error });
    expect(task).toMatchObject({ status: 'complete', resultStatus: 'failure' });
    expect(await messagesOf(engine.database, task.id)).toEqual([
      { text: expect.stringContaining('two nodes are called s19'), isError: true },
    ]);
    expect(await stepsOf(engine.database, task.id)).toEqual([]);
  });

  test('#24 a node that two parts of the filter select is worked on once', async () => {
    const task = await run({
      action: 'deploy_nodes',
      nodes: [node('s24', { tags: ['blue', 'fast'] })],
      nodeFilter: {
        filter_set_type: 'union',
        filter_set: [
          { filter_type: 'union', node_tags: ['blue', 'fast'] },
          { filter_type: 'union', node_names: ['s24'] },
        ],
      },
    });
    expect(task).toMatchObject({ resultStatus: 'success', successes: ['s24'] });
    const verbs = (await stepsOf(engine.database, task.id)).map(({ verb }) => verb);
    expect(verbs).toEqual([...new Set(verbs)]);
  });
});
