import { afterEach, describe, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { node } from './node.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

interface ShownStep {
  readonly verb: string;
  readonly node: string;
  readonly attempt: number;
  readonly end: string;
}

async function stepsOf(running: Engine, taskId: string): Promise<readonly string[]> {
  const found = await rows<ShownStep>(
    running.database.db,
    sql`select verb, node_name as node, attempt, "end" from step where task_id = ${taskId} order by key`,
  );
  return found.map((step) => `${step.node} ${step.verb}${step.attempt > 0 ? `#${step.attempt}` : ''} ${step.end}`);
}

async function messagesOf(running: Engine, taskId: string): Promise<readonly string[]> {
  const found = await rows<{ text: string }>(
    running.database.db,
    sql`select text from message where task_id = ${taskId} and is_error order by sequence`,
  );
  return found.map((message) => message.text);
}

describe('preparing a node', () => {
  it('never touches the power of a node that is known', async () => {
    engine = await runEngine({});
    const taskId = await engine.submit('prepare_nodes', [node('n1')]);
    await engine.ended(taskId);
    expect(await stepsOf(engine, taskId)).toEqual([
      'n1 look_for_node succeeded',
      'n1 set_node_boot skipped',
      'n1 power_cycle_node skipped',
      'n1 identify_node skipped',
      'n1 configure_hardware succeeded',
    ]);
  });

  it('boots a node that is absent, and waits for what an observer sees', async () => {
    engine = await runEngine({
      script: [
        { verb: 'look_for_node', outcome: 'absent' },
        { verb: 'power_cycle_node', call: 0, outcome: 'waiting', afterSeconds: 0.05 },
        { verb: 'configure_hardware', call: 0, outcome: 'observe', afterSeconds: 0.1 },
      ],
    });
    const taskId = await engine.submit('prepare_nodes', [node('n1')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'success', successes: ['n1'] });
    expect(await stepsOf(engine, taskId)).toEqual([
      'n1 look_for_node absent',
      'n1 set_node_boot succeeded',
      'n1 power_cycle_node succeeded',
      'n1 identify_node succeeded',
      'n1 configure_hardware succeeded',
    ]);
  });

  it('does nothing to a node whose look-up failed, and says why', async () => {
    engine = await runEngine({
      script: [
        { verb: 'look_for_node', node: 'n1', outcome: 'failed', reason: 'two machines match', errorClass: 'ambiguous' },
      ],
    });
    const taskId = await engine.submit('prepare_nodes', [node('n1'), node('n2')]);
    expect(await engine.ended(taskId)).toEqual({
      status: 'complete',
      resultStatus: 'partial_success',
      successes: ['n2'],
      failures: ['n1'],
    });
    expect(
      (await stepsOf(engine, taskId)).filter((step) => step.startsWith('n1') && !step.endsWith('skipped')),
    ).toEqual(['n1 look_for_node failed']);
    expect(await messagesOf(engine, taskId)).toEqual(['two machines match']);
  });

  it('commissions at most four times', async () => {
    engine = await runEngine({
      script: [
        { verb: 'configure_hardware', outcome: 'failed', reason: 'memory test failed', errorClass: 'machine_failed' },
      ],
    });
    const taskId = await engine.submit('prepare_nodes', [node('n1')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'failure', successes: [], failures: ['n1'] });
    expect((await stepsOf(engine, taskId)).filter((step) => step.includes('configure_hardware'))).toEqual([
      'n1 configure_hardware failed',
      'n1 configure_hardware#1 failed',
      'n1 configure_hardware#2 failed',
      'n1 configure_hardware#3 failed',
    ]);
  });
});

describe('deploying', () => {
  it('begins again at the networking of the one node that failed', async () => {
    engine = await runEngine({
      script: [
        {
          verb: 'deploy_node',
          node: 'n1',
          attempt: 0,
          outcome: 'failed',
          reason: 'no disk',
          errorClass: 'machine_failed',
        },
      ],
    });
    const taskId = await engine.submit('deploy_nodes', [node('n1'), node('n2')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'success', successes: ['n1', 'n2'] });
    expect((await stepsOf(engine, taskId)).filter((step) => step.includes('#'))).toEqual([
      'n1 apply_node_networking#1 succeeded',
      'n1 apply_node_storage#1 succeeded',
      'n1 apply_node_platform#1 succeeded',
      'n1 deploy_node#1 succeeded',
    ]);
  });

  it('does not try again what cannot work', async () => {
    engine = await runEngine({
      script: [
        {
          verb: 'apply_node_storage',
          outcome: 'failed',
          reason: 'the disk is too small',
          errorClass: 'invalid_design',
        },
      ],
    });
    const taskId = await engine.submit('deploy_nodes', [node('n1')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    expect(await stepsOf(engine, taskId)).toEqual([
      'n1 apply_node_networking succeeded',
      'n1 apply_node_storage failed',
      'n1 apply_node_platform skipped',
      'n1 deploy_node skipped',
    ]);
  });
});

describe('time', () => {
  it('tries a call that could not find out again until the deadline, and then says what it last saw', async () => {
    engine = await runEngine({
      env: { DRYDOCK_DEADLINE_INTERROGATE_OOB_MINUTES: '0.03' },
      script: [{ verb: 'interrogate_oob', outcome: 'throw', reason: 'the BMC does not answer' }],
    });
    const taskId = await engine.submit('verify_nodes', [node('n1')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    expect(await messagesOf(engine, taskId)).toEqual([expect.stringContaining('the BMC does not answer')]);
  });
});

describe('what is held', () => {
  it('is given back to the last place when everything has ended', async () => {
    engine = await runEngine({});
    const nodes = Array.from({ length: 40 }, (_, index) => node(`n${index}`, { rack: `r${index % 3}` }));
    await engine.ended(await engine.submit('prepare_nodes', nodes));
    await engine.ended(await engine.submit('deploy_nodes', nodes));
    const { db } = engine.database;
    expect(await rows(db, sql`select * from place`)).toEqual([]);
    expect(await rows(db, sql`select key, held from concurrency_group where held <> 0`)).toEqual([]);
    expect(
      await rows(db, sql`select verb from stage where total <> succeeded + absent + failed + skipped + cancelled`),
    ).toEqual([]);
    expect(await rows(db, sql`select id from task where steps_total <> steps_ended`)).toEqual([]);
  });
});
