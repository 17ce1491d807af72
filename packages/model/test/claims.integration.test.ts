import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  claimStep,
  type Database,
  readNodeMaterial,
  storeSnapshot,
  wakeDueSteps,
  writeIntent,
} from '../src/db/index.js';
import { compiledNode, compiledSite } from '../../testkit/src/compiled-design-builders.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

test('of two workers that claim at once, one gets the step, with fence 1', async () => {
  const { stepId } = await world.admittedStep();
  const workers = [await world.holder(), await world.holder()];
  const claims = await Promise.all(workers.map((worker) => claimStep(world.db, stepId, worker)));
  const [winner] = claims.flatMap((claim) => (claim.kind === 'claimed' ? [claim.step] : []));
  expect(claims.map((claim) => claim.kind).sort()).toEqual(['claimed', 'not_mine']);
  expect(winner).toMatchObject({ id: stepId, fence: 1, verb: 'power_on_node', nodeName: 'n1', attempt: 0 });
  expect(await world.step(stepId)).toMatchObject({ status: 'running', fence: 1 });
});

test('a claim that waits for another one finds the step taken', async () => {
  const { stepId } = await world.admittedStep();
  const [one, two] = [await world.holder(), await world.holder()];
  const held = await world.hold((tx) => claimStep(tx as unknown as Database, stepId, one));
  const second = claimStep(world.db, stepId, two);
  await world.waiters();
  await held.commit();
  expect(held.value.kind).toBe('claimed');
  expect(await second).toEqual({ kind: 'not_mine', status: 'running' });
  expect(await world.step(stepId)).toMatchObject({ holder_id: one, fence: 1 });
});

test.each(['pending', 'running', 'waiting', 'ended'])('a step that is %s is not claimed', async (status) => {
  const { stepId } = await world.admittedStep();
  await world.setStep(stepId, `status = '${status}'`);
  expect(await claimStep(world.db, stepId, await world.holder())).toEqual({ kind: 'not_mine', status });
  expect(await world.step(stepId)).toMatchObject({ status, fence: 0, holder_id: null });
});

test('a step that nobody knows is not claimed', async () => {
  const worker = await world.holder();
  expect(await claimStep(world.db, worker, worker)).toEqual({ kind: 'not_mine', status: null });
});

test('a worker whose lease ran out claims nothing', async () => {
  const { stepId } = await world.admittedStep();
  expect(await claimStep(world.db, stepId, await world.holder(-1))).toEqual({ kind: 'not_mine', status: 'admitted' });
  expect(await world.step(stepId)).toMatchObject({ status: 'admitted', fence: 0 });
});

test('the deadline counts from the first claim of the attempt, and the fence grows with each', async () => {
  const { stepId, workerId } = await world.runningStep();
  const first = await world.step(stepId);
  await world.setStep(stepId, `status = 'admitted', deadline_at = deadline_at - interval '100 s'`);
  const claim = await claimStep(world.db, stepId, workerId);
  expect(claim).toMatchObject({ step: { fence: 2, isLastCall: false } });
  const left = claim.kind === 'claimed' ? claim.step.secondsLeft : 0;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(200);
  expect((await world.step(stepId))['first_claimed_at']).toEqual(first['first_claimed_at']);
});

test('a claim after the deadline is the last call', async () => {
  const { stepId, workerId } = await world.runningStep();
  await world.setStep(stepId, `status = 'admitted', deadline_at = clock_timestamp()`);
  expect(await claimStep(world.db, stepId, workerId)).toMatchObject({ step: { isLastCall: true } });
});

test.each([
  ['before it', 1, false],
  ['after it', -1, true],
])(
  'a claim %s and what wakes the step at its deadline agree on which call is the last',
  async (_name, seconds, isLast) => {
    const { run, stepId, workerId } = await world.runningStep();
    await world.setStep(
      stepId,
      `status = 'admitted', deadline_at = clock_timestamp() + make_interval(secs => ${seconds * 60})`,
    );
    const claim = await claimStep(world.db, stepId, workerId);
    expect(claim).toMatchObject({ step: { isLastCall: isLast } });
    // The report comes after the deadline, whenever the claim was.
    await world.setStep(
      stepId,
      `status = 'waiting', observe_source = 'maas:default',
      claimed_at = claimed_at - interval '1 h', deadline_at = deadline_at - interval '1 h'`,
    );
    const woken = await world.db.transaction((tx) => wakeDueSteps(tx, run.taskId));
    expect(woken.map((step) => step.id)).toEqual(isLast ? [] : [stepId]);
  },
);

test('a claim tells since when its task is asked to stop', async () => {
  const { run, stepId, workerId } = await world.runningStep();
  const claimAgain = async () => {
    await world.setStep(stepId, `status = 'admitted'`);
    const claim = await claimStep(world.db, stepId, workerId);
    return claim.kind === 'claimed' ? claim.step.stoppingForSeconds : undefined;
  };
  expect(await claimAgain()).toBeNull();
  await world.query(`update task set terminate_requested_at = clock_timestamp() - interval '60 s' where id = $1`, [
    run.taskId,
  ]);
  expect(await claimAgain()).toBeGreaterThanOrEqual(60);
});

test('a claim hands over the effect that an earlier call left open, and what it remembered', async () => {
  const step = await world.runningStep();
  const effect = { kind: 'off' };
  const progress = { format: 1, seen: 'off' };
  const settled = await writeIntent(world.db, step, {
    effect: { kind: 'first' },
    progress: undefined,
    settlements: [],
  });
  const settlements = [{ intentId: settled, found: 'done' as const }];
  const open = await writeIntent(world.db, step, { effect, progress, settlements });
  await world.setStep(step.stepId, `status = 'admitted'`);
  await world.query(`update intent set written_at = written_at - interval '60 s'`);
  const claim = await claimStep(world.db, step.stepId, step.workerId);
  expect(claim).toMatchObject({ step: { openIntentId: open, openEffect: effect, progress } });
  expect(claim.kind === 'claimed' ? claim.step.openIntentAgeSeconds : 0).toBeGreaterThanOrEqual(60);
});

test('a claim names the snapshot of its task, from which its own node and secrets are read', async () => {
  const { run, stepId } = await world.admittedStep();
  const seal = (nodeName: string | null, text: string) => ({ nodeName, path: '/oob', sealed: Buffer.from(text) });
  await storeSnapshot(world.db, {
    hash: 'h1',
    format: 1,
    isValid: true,
    findings: [],
    site: compiledSite(),
    nodes: [compiledNode({ name: 'n1' }), compiledNode({ name: 'n2' })],
    secrets: [seal('n1', 'one'), seal('n2', 'two'), seal(null, 'site')],
  });
  await world.query(`update task set snapshot_hash = 'h1' where id = $1`, [run.taskId]);
  expect(await claimStep(world.db, stepId, await world.holder())).toMatchObject({
    step: { planFormat: 1, snapshotFormat: 1, snapshotHash: 'h1' },
  });
  const places = ['n2', 'n9', null, 'n1'].map((nodeName) => ({ hash: 'h1', nodeName }));
  const sealed = (text: string) => [{ path: '/oob', base64: Buffer.from(text).toString('base64') }];
  expect(await readNodeMaterial(world.db, places)).toMatchObject([
    { node: { name: 'n2' }, sealedSecrets: sealed('two') },
    { node: null, sealedSecrets: [] },
    { node: null, sealedSecrets: sealed('site') },
    { node: { name: 'n1' }, sealedSecrets: sealed('one') },
  ]);
});
