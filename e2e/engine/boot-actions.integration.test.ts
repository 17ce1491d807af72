import { afterEach, describe, expect, it } from '@jest/globals';
import type { BootAction } from '@drydock/model';
import { reportBootAction, rows } from '@drydock/model/db';
import { compiledSite } from '@drydock/testkit';
import { sql } from 'drizzle-orm';
import { node } from './node.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

const delivered = { DRYDOCK_BOOT_ACTION_DELIVERY: 'on', DRYDOCK_DEADLINE_BOOTACTION_REPORT_MINUTES: '60' };
const bootAction = (name: string, isSignaling = true): BootAction => ({
  name,
  isSignaling,
  assets: [],
  targetNodes: [],
});
const site = compiledSite({ bootActions: [bootAction('hello'), bootAction('seccomp'), bootAction('quiet', false)] });

interface Action {
  readonly id: string;
  readonly name: string;
  readonly node: string;
  readonly status: string;
}

interface Text {
  readonly text: string;
  readonly isError: boolean;
}

class Deployment {
  constructor(
    private readonly running: Engine,
    readonly taskId: string,
  ) {}

  async actions(): Promise<readonly Action[]> {
    return await rows<Action>(
      this.running.database.db,
      sql`select a.action_id as id, a.name, c.node_name as node, a.status from boot_action a
        join boot_action_context c on c.step_id = a.step_id where c.task_id = ${this.taskId} order by node, a.ordinal`,
    );
  }

  /** Until the boot actions of all its nodes are waited for. */
  async waiting(nodes: number): Promise<readonly Action[]> {
    for (;;) {
      const found = await rows(
        this.running.database.db,
        sql`select 1 from step where task_id = ${this.taskId} and verb = 'bootaction_report' and status = 'waiting'`,
      );
      if (found.length === nodes) return await this.actions();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async report(action: Action | undefined, status: 'success' | 'failure'): Promise<void> {
    const reported = await reportBootAction(this.running.database.db, action?.id ?? '', status);
    expect(reported).toMatchObject({ name: action?.name, nodeName: action?.node, taskId: this.taskId });
  }

  async messages(nodeName: string): Promise<readonly string[]> {
    const found = await rows<Text>(
      this.running.database.db,
      sql`select m.text, m.is_error as "isError" from message m join step s on s.id = m.step_id
        where s.task_id = ${this.taskId} and s.verb = 'bootaction_report' and s.node_name = ${nodeName} order by m.sequence`,
    );
    return found.map(({ text, isError }) => `${isError ? 'error: ' : ''}${text}`);
  }
}

async function deploy(names: readonly string[], actions: readonly string[], env = delivered): Promise<Deployment> {
  engine ??= await runEngine({ env });
  const nodes = names.map((name) => node(name, { bootActions: actions }));
  return new Deployment(engine, await engine.submit('deploy_nodes', nodes, site));
}

describe('boot actions that are delivered', () => {
  it('make a node succeed when all of them report success, each in the time of its own node', async () => {
    const deployment = await deploy(['n1', 'n2'], ['hello', 'quiet']);
    const actions = await deployment.waiting(2);
    expect(actions.map(({ node: name, name: action, status }) => `${name} ${action} ${status}`)).toEqual([
      'n1 hello incomplete',
      'n1 quiet unreported',
      'n2 hello incomplete',
      'n2 quiet unreported',
    ]);
    await deployment.report(actions[0], 'success');
    await deployment.report(actions[2], 'failure');
    expect(await engine?.ended(deployment.taskId)).toMatchObject({
      resultStatus: 'partial_success',
      successes: ['n1'],
      failures: ['n2'],
    });
    expect(await deployment.messages('n1')).toEqual([
      'node n1 is deployed; its boot actions hello are to report',
      'Boot action hello succeeded.',
      'boot actions quiet of node n1 do not report, so the design says',
    ]);
    expect(await deployment.messages('n2')).toContain('error: Boot action hello failed.');
  });

  it('are found by the observer when the report came while the step was about to wait', async () => {
    const deployment = await deploy(['n1'], ['hello']);
    await deployment.waiting(1);
    // As a report leaves the row that the step had read before and that nobody woke.
    await engine?.database.db.execute(sql`update boot_action set status = 'success'`);
    expect(await engine?.ended(deployment.taskId)).toMatchObject({ resultStatus: 'success' });
  });

  it.each([
    ['time out when one of them has not reported in time', '0.02'],
    ['are judged at once when there is no time', '0'],
  ])('%s', async (_case, minutes) => {
    const env = { ...delivered, DRYDOCK_DEADLINE_BOOTACTION_REPORT_MINUTES: minutes };
    const deployment = await deploy(['n1'], ['hello'], env);
    expect(await engine?.ended(deployment.taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    expect(await deployment.messages('n1')).toContain('error: Boot action hello timed out.');
  });

  it('of an unfinished earlier deployment do not count, also when the design has them no more', async () => {
    const env = { ...delivered, DRYDOCK_DEADLINE_BOOTACTION_REPORT_MINUTES: '0.02' };
    const first = await deploy(['n1'], ['hello', 'seccomp'], env);
    expect(await engine?.ended(first.taskId)).toMatchObject({ resultStatus: 'failure' });
    const second = await deploy(['n1'], ['quiet']);
    expect(await engine?.ended(second.taskId)).toMatchObject({ resultStatus: 'success', successes: ['n1'] });
    expect((await first.actions()).map(({ status }) => status)).toEqual(['incomplete', 'incomplete']);
  });

  it('have a fresh key for each attempt of the deployment, of which only the hash is left at the end', async () => {
    engine = await runEngine({
      env: delivered,
      script: [{ verb: 'deploy_node', attempt: 0, outcome: 'failed', errorClass: 'machine_failed' }],
    });
    const deployment = await deploy(['n1'], ['hello']);
    const actions = await deployment.waiting(1);
    expect(actions).toHaveLength(2);
    const keys = await rows<{ hash: string; isSealed: boolean; isLast: boolean }>(
      engine.database.db,
      sql`select encode(identity_key_hash, 'hex') as hash, identity_key_sealed is not null as "isSealed"
        from boot_action_context order by created_at`,
    );
    expect(new Set(keys.map(({ hash }) => hash)).size).toBe(2);
    expect(keys.map(({ isSealed }) => isSealed)).toEqual([true, false]);
    const current = await rows<Action>(
      engine.database.db,
      sql`select a.action_id as id, a.name, 'n1' as node, a.status from boot_action a join step s on s.id = a.step_id
        where s.attempt = 1`,
    );
    await deployment.report(current[0], 'success');
    expect(await engine.ended(deployment.taskId)).toMatchObject({ resultStatus: 'success' });
  });
});

it('boot actions that nothing delivers keep no node waiting', async () => {
  const deployment = await deploy(['n1'], ['hello', 'quiet'], { ...delivered, DRYDOCK_BOOT_ACTION_DELIVERY: 'off' });
  expect(await engine?.ended(deployment.taskId)).toMatchObject({ resultStatus: 'success', successes: ['n1'] });
  expect((await deployment.actions()).map(({ status }) => status)).toEqual(['unreported', 'unreported']);
  expect(await deployment.messages('n1')).toEqual([
    'boot actions quiet of node n1 do not report, so the design says',
    'boot actions hello of node n1 are not delivered by this version, so nothing reports and the node counts as deployed',
  ]);
});
