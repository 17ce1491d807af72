import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  claimStep,
  countReports,
  openBootActions,
  readReports,
  reportBootAction,
  reportStep,
  type StepLease,
} from '../src/db/index.js';
import { bootActionSource, type BootActionStatus } from '../src/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
let taskId: string;
let deployId: string;
let reportId: string;
let workerId: string;

beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  const run = await world.run();
  ({ taskId } = run);
  [deployId = '', reportId = ''] = await world.steps(run, [
    plannedStep(0, { verb: 'deploy_node' }),
    plannedStep(1, { verb: 'bootaction_report', needs: [{ step: 0, ended: 'succeeded' }] }),
  ]);
  await world.admit(run, [deployId, reportId]);
  workerId = await world.holder();
});
afterAll(() => world.close());

async function claim(stepId: string): Promise<StepLease> {
  const claimed = await claimStep(world.db, stepId, workerId);
  if (claimed.kind !== 'claimed') throw new Error(`${stepId} was not claimed`);
  return { stepId, fence: claimed.step.fence };
}

let ids = 0;
const action = (name: string, status: BootActionStatus = 'incomplete') => ({
  actionId: `01ARZ3NDEKTSV4RRFFQ69G${String((ids += 1)).padStart(4, '0')}`,
  name,
  status,
});

function fresh(key: string, actions = [action('hello'), action('seccomp')]) {
  return { nodeName: 'n1', keyHash: Buffer.from(`hash of ${key}`), keySealed: Buffer.from(key), actions };
}

const nothing = { notes: [], buildData: [], hasDetailLogs: false, settlements: [], progress: undefined };

async function waitForReports(seen: string): Promise<void> {
  const observed = { source: bootActionSource, key: deployId, seen };
  await reportStep(world.db, await claim(reportId), { kind: 'wait', afterSeconds: null, observe: observed }, nothing);
}

describe('the boot actions of a deployment', () => {
  test('are written down once, with the key of the first call', async () => {
    const lease = await claim(deployId);
    const first = fresh('first');
    expect(await openBootActions(world.db, lease, first)).toEqual(Buffer.from('first'));
    expect(await openBootActions(world.db, lease, fresh('second'))).toEqual(Buffer.from('first'));
    expect(await world.query('select action_id, name, ordinal, status from boot_action order by ordinal')).toEqual(
      first.actions.map(({ actionId, name, status }, ordinal) => ({ action_id: actionId, name, ordinal, status })),
    );
    expect(await world.query('select step_id, task_id, node_name, identity_key_hash from boot_action_context')).toEqual(
      [{ step_id: deployId, task_id: taskId, node_name: 'n1', identity_key_hash: Buffer.from('hash of first') }],
    );
  });

  test('are written down once by calls of the same moment', async () => {
    const lease = await claim(deployId);
    const keys = await Promise.all(['a', 'b', 'c'].map((key) => openBootActions(world.db, lease, fresh(key))));
    expect(new Set(keys.map(String)).size).toBe(1);
    expect(await world.query('select 1 from boot_action')).toHaveLength(2);
  });

  test('are not written down by a worker that has lost its lease', async () => {
    const { stepId, fence } = await claim(deployId);
    const late = openBootActions(world.db, { stepId, fence: fence - 1 }, fresh('late'));
    await expect(late).rejects.toMatchObject({ code: 'fence_lost' });
    expect(await world.query('select 1 from boot_action')).toEqual([]);
  });

  test('are read by the step that waits for them, and their key is forgotten then', async () => {
    const lease = await claim(deployId);
    const { actions } = fresh('x');
    await openBootActions(world.db, lease, fresh('x', actions));
    expect(await readReports(world.db, reportId)).toEqual({ deploymentId: deployId, actions });
    expect(await world.query('select identity_key_sealed from boot_action_context')).toEqual([
      { identity_key_sealed: null },
    ]);
    expect(await openBootActions(world.db, lease, fresh('y'))).toBeNull();
  });

  test('of an earlier deployment of the node count for nothing', async () => {
    const [old = ''] = await world.steps(await world.run(), [plannedStep(0, { verb: 'deploy_node' })]);
    await world.setStep(old, `status = 'admitted'`);
    await openBootActions(world.db, await claim(old), fresh('old', [action('removed from the design')]));
    expect(await readReports(world.db, reportId)).toEqual({ deploymentId: null, actions: [] });
    const { actions } = fresh('new');
    await openBootActions(world.db, await claim(deployId), fresh('new', actions));
    expect((await readReports(world.db, reportId)).actions).toEqual(actions);
  });

  test('are those of the task that did the deployment when a retry inherits it', async () => {
    await openBootActions(world.db, await claim(deployId), fresh('x'));
    const run = await world.run();
    const inherited = {
      ...plannedStep(0, { verb: 'deploy_node' }),
      end: 'succeeded',
      inheritedFrom: deployId,
    } as const;
    const [, again = ''] = await world.steps(run, [
      inherited,
      plannedStep(1, { verb: 'bootaction_report', needs: [{ step: 0, ended: 'succeeded' }] }),
    ]);
    expect(await readReports(world.db, again)).toMatchObject({ deploymentId: deployId });
  });
});

describe('the report of a boot action', () => {
  const actions = () =>
    world.query('select name, status, reported_at is not null as reported from boot_action order by ordinal');

  test('counts once, and says whose it is', async () => {
    const [hello, seccomp] = [action('hello'), action('seccomp')];
    await openBootActions(world.db, await claim(deployId), fresh('x', [hello, seccomp]));
    expect(await reportBootAction(world.db, hello.actionId, 'failure')).toEqual({
      actionId: hello.actionId,
      name: 'hello',
      nodeName: 'n1',
      taskId,
      stepId: deployId,
    });
    expect(await reportBootAction(world.db, hello.actionId, 'success')).toBeNull();
    expect(await actions()).toEqual([
      { name: 'hello', status: 'failure', reported: true },
      { name: 'seccomp', status: 'incomplete', reported: false },
    ]);
  });

  test('is refused when nobody knows it, or when it never reports', async () => {
    const quiet = action('quiet', 'unreported');
    await openBootActions(world.db, await claim(deployId), fresh('x', [quiet]));
    expect(await reportBootAction(world.db, quiet.actionId, 'success')).toBeNull();
    expect(await reportBootAction(world.db, 'nobody', 'success')).toBeNull();
    expect(await actions()).toEqual([{ name: 'quiet', status: 'unreported', reported: false }]);
  });

  test('wakes the step that waits for it, and no other', async () => {
    const hello = action('hello');
    await openBootActions(world.db, await claim(deployId), fresh('x', [hello]));
    await waitForReports('0 of 1');
    const other = await world.runningStep();
    const observed = { source: bootActionSource, key: other.stepId, seen: '0 of 1' };
    await reportStep(world.db, other, { kind: 'wait', afterSeconds: null, observe: observed }, nothing);
    await world.query('update step set moved = false');
    await reportBootAction(world.db, hello.actionId, 'success');
    expect(await world.step(reportId)).toMatchObject({ status: 'pending', moved: true });
    expect(await world.step(other.stepId)).toMatchObject({ status: 'waiting', moved: false });
  });

  test('is counted for observers, together with those that never come', async () => {
    const [hello, seccomp, quiet] = [action('hello'), action('seccomp'), action('quiet', 'unreported')];
    await openBootActions(world.db, await claim(deployId), fresh('x', [hello, seccomp, quiet]));
    await reportBootAction(world.db, hello.actionId, 'failure');
    expect(await countReports(world.db, [deployId, reportId])).toEqual([
      { deploymentId: deployId, reported: 2, total: 3 },
    ]);
  });
});
