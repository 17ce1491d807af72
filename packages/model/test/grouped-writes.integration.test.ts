import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CallRecord,
  type Claim,
  GroupedWrites,
  type NewIntent,
  type RunRef,
  type StepLease,
  type StepMove,
} from '../src/db/index.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';
import { plannedStep } from './planned-step.js';

let world: EngineWorld;
let run: RunRef;
let workerId: string;
let writes: GroupedWrites;

beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  run = await world.run();
  workerId = await world.holder();
  writes = new GroupedWrites(world.db, workerId);
});
afterAll(() => world.close());

const end: StepMove = { kind: 'end', end: 'succeeded', errorClass: null, reason: null, focus: [] };
const wait: StepMove = { kind: 'wait', afterSeconds: 30, observe: null };
const retry: StepMove = { kind: 'retry', afterSeconds: 5, errorClass: 'unavailable', reason: 'no answer' };
const note = (text: string) => ({ text, isError: false, contextType: 'node', context: 'n1' });
const tooLarge = { format: 1, text: 'x'.repeat(5000) };
const stale = ({ stepId, fence }: StepLease): StepLease => ({ stepId, fence: fence - 1 });

function record(given: Partial<CallRecord> = {}): CallRecord {
  return { notes: [], buildData: [], hasDetailLogs: false, settlements: [], progress: undefined, ...given };
}

function intent(kind: string, given: Partial<NewIntent> = {}): NewIntent {
  return { effect: { kind }, progress: undefined, settlements: [], ...given };
}

async function admitted(count: number): Promise<readonly string[]> {
  const ids = await world.steps(
    run,
    Array.from({ length: count }, (_, key) => plannedStep(key)),
  );
  await world.admit(run, ids);
  return ids;
}

async function running(count: number): Promise<readonly [StepLease, ...StepLease[]]> {
  const claims = await Promise.all((await admitted(count)).map((id) => writes.claim(id)));
  const [first, ...others] = claims.map(leaseOf);
  if (first === undefined) throw new Error('no step was wanted');
  return [first, ...others];
}

function leaseOf(claim: Claim): StepLease {
  if (claim.kind !== 'claimed') throw new Error('the step was not claimed');
  return { stepId: claim.step.id, fence: claim.step.fence };
}

/** What became of each: `written`, or the code of its error. */
async function outcomes(all: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(all);
  return settled.map((one) => (one.status === 'fulfilled' ? 'written' : (one.reason as { code?: unknown }).code));
}

async function statusOf(leases: readonly StepLease[]): Promise<readonly unknown[]> {
  return await Promise.all(leases.map(async ({ stepId }) => (await world.step(stepId))['status']));
}

describe('claims of one moment', () => {
  test('go to the steps that are admitted; the others learn where they are', async () => {
    const [one = '', ended = '', two = ''] = await admitted(3);
    await world.setStep(ended, `status = 'ended'`);
    const claims = await Promise.all([one, ended, workerId, two].map((id) => writes.claim(id)));
    expect(claims).toMatchObject([
      { kind: 'claimed', step: { id: one, fence: 1 } },
      { kind: 'not_mine', status: 'ended' },
      { kind: 'not_mine', status: null },
      { kind: 'claimed', step: { id: two, fence: 1 } },
    ]);
  });

  test('of one step, rung twice, give it to one of them', async () => {
    const [stepId = ''] = await admitted(1);
    const claims = await Promise.all([writes.claim(stepId), writes.claim(stepId)]);
    expect(claims).toMatchObject([{ kind: 'claimed' }, { kind: 'not_mine', status: 'running' }]);
    expect(await world.step(stepId)).toMatchObject({ fence: 1 });
  });

  test('of a worker whose lease ran out get nothing', async () => {
    const ids = await admitted(2);
    await world.kill(workerId);
    const claims = await Promise.all(ids.map((id) => writes.claim(id)));
    expect(claims).toEqual(ids.map(() => ({ kind: 'not_mine', status: 'admitted' })));
  });

  test('do not wait for a row that somebody else has locked', async () => {
    const [locked = '', free = ''] = await admitted(2);
    const held = await world.hold(async (tx) => {
      await tx.execute(`update step set tries = 1 where id = '${locked}'`);
    });
    const claimOfLocked = writes.claim(locked);
    expect(await writes.claim(free)).toMatchObject({ kind: 'claimed' });
    await world.waiters();
    await held.commit();
    expect(await claimOfLocked).toMatchObject({ kind: 'claimed', step: { tries: 1 } });
  });
});

describe('reports of one moment', () => {
  test('are written each for itself: good ones, a lost fence, a step that ended, progress that cannot be kept', async () => {
    const leases = await running(6);
    const [good, lost, over, tooMuch, waiting, again] = leases as [
      StepLease,
      StepLease,
      StepLease,
      StepLease,
      StepLease,
      StepLease,
    ];
    await world.setStep(over.stepId, `status = 'ended'`);
    const reported = await outcomes([
      writes.report(good, end, record({ notes: [note('1'), note('2')] })),
      writes.report(stale(lost), end, record({ notes: [note('never')] })),
      writes.report(over, wait, record({ notes: [note('never')] })),
      writes.report(tooMuch, wait, record({ progress: tooLarge })),
      writes.report(waiting, wait, record({ progress: { format: 1, seen: 'off' } })),
      writes.report(again, retry, record({ notes: [note('3')] })),
    ]);
    expect(reported).toEqual(['written', 'fence_lost', 'fence_lost', 'driver_fault', 'written', 'written']);
    expect(await statusOf(leases)).toEqual(['ended', 'running', 'ended', 'running', 'waiting', 'pending']);
    expect(await world.step(waiting.stepId)).toMatchObject({ progress: { format: 1, seen: 'off' } });
    const told = await world.query('select text, step_id from message order by step_id, sequence');
    const ofGood = told.filter((row) => row['step_id'] === good.stepId).map((row) => row['text']);
    const ofAgain = told.filter((row) => row['step_id'] === again.stepId).map((row) => row['text']);
    expect([told.length, ofGood, ofAgain]).toEqual([3, ['1', '2'], ['3']]);
  });

  test('that the database refuses fail alone', async () => {
    const leases = await running(3);
    const [one, bad, two] = leases as [StepLease, StepLease, StepLease];
    const datum = { nodeName: 'n1', generator: 'lshw', dataFormat: '', dataElement: '<list/>' };
    const reported = await Promise.allSettled([
      writes.report(one, end, record({ buildData: [{ ...datum, collectedDate: null }] })),
      writes.report(bad, end, record({ buildData: [{ ...datum, collectedDate: 'yesterday-ish' }] })),
      writes.report(two, wait, record()),
    ]);
    expect(reported.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await statusOf(leases)).toEqual(['ended', 'running', 'waiting']);
    expect(await world.query('select step_id from build_data')).toEqual([{ step_id: one.stepId }]);
  });

  test('settle the intents of their own step only', async () => {
    const [one, two] = (await running(2)) as [StepLease, StepLease];
    const [ofOne, ofTwo] = await Promise.all([writes.intend(one, intent('on')), writes.intend(two, intent('off'))]);
    await Promise.all([
      writes.report(one, end, record({ settlements: [{ intentId: ofTwo ?? '', found: 'refused' }] })),
      writes.report(two, end, record({ settlements: [{ intentId: ofTwo ?? '', found: 'done' }] })),
    ]);
    expect(await world.query('select id::text, found from intent order by id')).toEqual(
      [
        { id: ofOne, found: null },
        { id: ofTwo, found: 'done' },
      ].sort((left, right) => Number(left.id) - Number(right.id)),
    );
  });

  test('do not wait for a row that somebody else has locked', async () => {
    const [locked, free] = (await running(2)) as [StepLease, StepLease];
    const held = await world.hold(async (tx) => {
      await tx.execute(`update step set stopping = true where id = '${locked.stepId}'`);
    });
    const report = writes.report(locked, end, record());
    await writes.report(free, end, record());
    await world.waiters();
    await held.commit();
    await report;
    expect(await world.step(locked.stepId)).toMatchObject({ status: 'ended', stopping: true });
  });
});

test('intents of one moment are written each under its own fence, with its own progress and settlements', async () => {
  const leases = await running(4);
  const [one, lost, two, tooMuch] = leases as [StepLease, StepLease, StepLease, StepLease];
  const before = await writes.intend(one, intent('off'));
  const announced = await outcomes([
    writes.intend(one, intent('on', { progress: { format: 1 }, settlements: [{ intentId: before, found: 'done' }] })),
    writes.intend(stale(lost), intent('on', { settlements: [{ intentId: before, found: 'refused' }] })),
    writes.intend(two, intent('deploy')),
    writes.intend(tooMuch, intent('deploy', { progress: tooLarge })),
  ]);
  expect(announced).toEqual(['written', 'fence_lost', 'written', 'driver_fault']);
  const stored = await world.query(
    `select step_id, effect->>'kind' as kind, fence, found from intent order by (step_id = $1) desc, id`,
    [one.stepId],
  );
  expect(stored).toEqual([
    { step_id: one.stepId, kind: 'off', fence: 1, found: 'done' },
    { step_id: one.stepId, kind: 'on', fence: 1, found: null },
    { step_id: two.stepId, kind: 'deploy', fence: 1, found: null },
  ]);
  expect(await world.step(one.stepId)).toMatchObject({ progress: { format: 1 }, status: 'running' });
  expect(await world.step(two.stepId)).toMatchObject({ progress: null });
});

test('two workers that write the same steps at once never deadlock, and one of them gets each step', async () => {
  const ids = await admitted(60);
  const rivals = [writes, new GroupedWrites(world.db, await world.holder())];
  const claims = await Promise.all(
    rivals.map((rival, index) => Promise.all((index === 0 ? ids : ids.toReversed()).map((id) => rival.claim(id)))),
  );
  const claimed = claims.map((ofOne) => ofOne.filter(({ kind }) => kind === 'claimed').map(leaseOf));
  expect(
    claimed
      .flat()
      .map(({ stepId }) => stepId)
      .sort(),
  ).toEqual([...ids].sort());
  // Each reports all of them: the fence is the same, so that the first one moves the step.
  const reports = await Promise.all(
    rivals.map((rival, index) => {
      const leases = index === 0 ? claimed.flat() : claimed.flat().toReversed();
      return outcomes(leases.map((lease) => rival.report(lease, end, record())));
    }),
  );
  expect(reports.flat().map(String).sort()).toEqual([...ids.map(() => 'fence_lost'), ...ids.map(() => 'written')]);
});
