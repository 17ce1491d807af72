import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CallRecord,
  claimStep,
  failOverdueSteps,
  noteTask,
  reportStep,
  type StepMove,
  writeIntent,
} from '../src/db/index.js';
import type { Progress } from '../src/index.js';
import { type EngineWorld, openEngineWorld, type Row, type RunningStep } from './engine-world.js';

let world: EngineWorld;
let step: RunningStep;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(async () => {
  await world.clear();
  step = await world.runningStep();
});
afterAll(() => world.close());

const end: StepMove = { kind: 'end', end: 'succeeded', errorClass: null, reason: null, focus: [] };
const wait: StepMove = { kind: 'wait', afterSeconds: 30, observe: null };
const retry: StepMove = { kind: 'retry', afterSeconds: 5, errorClass: 'unavailable', reason: 'no answer' };
const giveBack: StepMove = { kind: 'giveBack' };
const leave: StepMove = { kind: 'leave', afterSeconds: 30, reason: 'the snapshot has format 2' };
const moves: readonly [string, StepMove][] = [
  ['end', end],
  ['wait', wait],
  ['retry', retry],
  ['giveBack', giveBack],
  ['leave', leave],
];

const note = (text: string) => ({ text, isError: false, contextType: 'node', context: 'n1' });
const datum = (dataElement: string) => ({
  nodeName: 'n1',
  generator: 'lshw',
  dataFormat: 'text/plain',
  dataElement,
  collectedDate: null,
});

function record(given: Partial<CallRecord> = {}): CallRecord {
  return { notes: [], buildData: [], hasDetailLogs: false, settlements: [], progress: undefined, ...given };
}

async function openIntent(kind = 'on'): Promise<string> {
  return await writeIntent(world.db, step, { effect: { kind }, progress: undefined, settlements: [] });
}

async function intents(): Promise<readonly Row[]> {
  return await world.query('select found, settled_at is not null as settled from intent order by id');
}

async function seconds(expression: string): Promise<number> {
  const [row] = await world.query(
    `select extract(epoch from ${expression} - clock_timestamp())::float8 as seconds from step where id = $1`,
    [step.stepId],
  );
  return Number(row?.['seconds']);
}

test.each<[string, StepMove, Row]>([
  ['ends', end, { status: 'ended', end: 'succeeded', tries: 0, not_before: null, ended_at: expect.any(Date) }],
  ['waits', wait, { status: 'waiting', end: null, tries: 0, not_before: expect.any(Date) }],
  [
    'is tried again',
    retry,
    { status: 'pending', tries: 1, error_class: 'unavailable', reason: 'no answer', not_before: expect.any(Date) },
  ],
  [
    'is left alone',
    leave,
    { status: 'pending', tries: 1, error_class: null, deadline_at: null, reason: 'the snapshot has format 2' },
  ],
  ['is given back', giveBack, { status: 'admitted', end: null, tries: 0 }],
])('under the right fence a step %s, with everything that its call left behind', async (_name, move, row) => {
  const intentId = await openIntent();
  await reportStep(
    world.db,
    step,
    move,
    record({
      notes: [note('first'), note('second')],
      buildData: [datum('<list/>')],
      hasDetailLogs: true,
      settlements: [{ intentId, found: 'done' }],
      progress: { format: 1, seen: 'on' },
    }),
  );
  expect(await world.step(step.stepId)).toMatchObject({
    ...row,
    moved: true,
    holder_id: null,
    fence: 1,
    has_detail_logs: true,
    progress: { format: 1, seen: 'on' },
  });
  const told = await world.query('select text, task_id, step_id from message order by sequence');
  const of = { task_id: step.run.taskId, step_id: step.stepId };
  expect(told).toEqual([
    { text: 'first', ...of },
    { text: 'second', ...of },
  ]);
  expect(await world.query('select node_name, data_element, collected_at from build_data')).toEqual([
    { node_name: 'n1', data_element: '<list/>', collected_at: expect.any(Date) },
  ]);
  expect(await intents()).toEqual([{ found: 'done', settled: true }]);
});

describe.each(moves)('a report of %s', (_kind, move) => {
  test.each<[string, () => Promise<number>]>([
    ['under a stale fence', () => world.setStep(step.stepId, 'fence = 2').then(() => 1)],
    ['under a fence that was never given', () => Promise.resolve(7)],
    ['of a step that was taken away', () => world.setStep(step.stepId, `status = 'admitted'`).then(() => 1)],
    ['of a step that ended', () => world.setStep(step.stepId, `status = 'ended'`).then(() => 1)],
  ])('%s writes nothing', async (_name, given) => {
    const intentId = await openIntent();
    const fence = await given();
    const before = await world.step(step.stepId);
    const said = record({
      notes: [note('x')],
      buildData: [datum('x')],
      hasDetailLogs: true,
      settlements: [{ intentId, found: 'done' }],
      progress: { format: 1 },
    });
    await expect(reportStep(world.db, { ...step, fence }, move, said)).rejects.toMatchObject({ code: 'fence_lost' });
    expect(await world.step(step.stepId)).toEqual(before);
    expect(await world.query('select 1 from message union all select 1 from build_data')).toEqual([]);
    expect(await intents()).toEqual([{ found: null, settled: false }]);
  });
});

test('of two reports under one fence the second writes nothing', async () => {
  const reports = [wait, end].map((move) => reportStep(world.db, step, move, record({ notes: [note('x')] })));
  const settled = await Promise.allSettled(reports);
  expect(settled.map((report) => report.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await world.query('select 1 as one from message')).toEqual([{ one: 1 }]);
});

test('a report settles no intent of another step', async () => {
  const other = await world.runningStep();
  const intentId = await openIntent();
  await reportStep(world.db, other, end, record({ settlements: [{ intentId, found: 'done' }] }));
  expect(await intents()).toEqual([{ found: null, settled: false }]);
});

test('a report without progress leaves the one of before', async () => {
  await reportStep(world.db, step, giveBack, record({ progress: { format: 1, seen: 'off' } }));
  await world.setStep(step.stepId, `status = 'running'`);
  await reportStep(world.db, step, wait, record());
  expect(await world.step(step.stepId)).toMatchObject({ progress: { format: 1, seen: 'off' } });
});

test('a step that waits to be observed keeps what it looks at until it ends', async () => {
  const observe = { source: 'maas:default', key: 'abc', seen: 'Ready' };
  await reportStep(world.db, step, { kind: 'wait', afterSeconds: null, observe }, record());
  expect(await world.step(step.stepId)).toMatchObject({
    status: 'waiting',
    not_before: null,
    observe_source: 'maas:default',
    observe_key: 'abc',
    observe_seen: 'Ready',
  });
  await world.setStep(step.stepId, `status = 'running'`);
  await reportStep(world.db, step, end, record());
  expect(await world.step(step.stepId)).toMatchObject({ observe_source: null, observe_key: null, observe_seen: null });
});

test('a retry is never later than the deadline while that is ahead', async () => {
  await world.setStep(step.stepId, `deadline_at = clock_timestamp() + interval '10 s'`);
  await reportStep(world.db, step, { ...retry, afterSeconds: 60 }, record());
  expect(await world.step(step.stepId)).toMatchObject({ tries: 1 });
  expect(await seconds('not_before')).toBeLessThanOrEqual(10);
});

test('a retry after the deadline comes when it asked to', async () => {
  await world.setStep(step.stepId, `deadline_at = clock_timestamp() - interval '1 s'`);
  await reportStep(world.db, step, { ...retry, afterSeconds: 60 }, record());
  expect(await seconds('not_before')).toBeGreaterThan(30);
});

test('what the database cannot hold is replaced, and the rest is stored', async () => {
  const bad = 'a\0b\uD800c\\u0000d 💾';
  const good = 'a\uFFFDb\uFFFDc\\u0000d 💾';
  const failed: StepMove = { kind: 'end', end: 'failed', errorClass: 'internal', reason: bad, focus: [] };
  const said = record({
    notes: [note(bad)],
    buildData: [datum(bad)],
    progress: { format: 1, bad },
  });
  await reportStep(world.db, step, { ...failed, focus: [{ name: bad, isOk: false }] }, said);
  await world.db.transaction((tx) => noteTask(tx, step.run.taskId, [note(bad)]));
  expect(await world.step(step.stepId)).toMatchObject({
    reason: good,
    progress: { format: 1, bad: good },
    focus: [{ name: good, isOk: false }],
  });
  expect(await world.query('select text from message')).toEqual([{ text: good }, { text: good }]);
  expect(await world.query('select data_element from build_data')).toEqual([{ data_element: good }]);
});

test('the reason of a retry may hold what the database cannot', async () => {
  await reportStep(world.db, step, { ...retry, reason: 'a\0\uDFFF' }, record());
  expect(await world.step(step.stepId)).toMatchObject({ status: 'pending', reason: 'a\uFFFD\uFFFD' });
});

describe('progress that cannot be kept', () => {
  const circular: Record<string, unknown> = { format: 1 };
  circular['self'] = circular;
  const bad: readonly [string, Progress, RegExp][] = [
    ['is too large', { format: 1, text: 'x'.repeat(4075) }, /it has 4097 bytes as JSON, 4096 are allowed/],
    ['is too large in UTF-8', { format: 1, text: 'ü'.repeat(2100) }, /it has 4222 bytes/],
    ['has a format that no version knows', { format: 2 }, /its format must be 1, not 2/],
    ['has no format', {} as Progress, /its format must be 1, not missing/],
    ['is nothing', null as unknown as Progress, /its format must be 1/],
    ['is not JSON', circular as unknown as Progress, /it is not JSON/],
  ];

  test.each(bad)(
    'because it %s is refused with a report and with an intent; nothing is written',
    async (_name, progress, why) => {
      const before = await world.step(step.stepId);
      const refusal = { code: 'driver_fault', message: expect.stringMatching(why) };
      await expect(reportStep(world.db, step, wait, record({ progress }))).rejects.toMatchObject(refusal);
      const intent = { effect: { kind: 'on' }, progress, settlements: [] };
      await expect(writeIntent(world.db, step, intent)).rejects.toMatchObject(refusal);
      expect([await world.step(step.stepId), await intents()]).toEqual([before, []]);
    },
  );

  test('is anything above 4 KiB; 4 KiB are kept', async () => {
    const progress = { format: 1, text: 'x'.repeat(4074) };
    await reportStep(world.db, step, wait, record({ progress }));
    expect(await world.step(step.stepId)).toMatchObject({ progress });
  });
});

test('a step that was left alone has its whole time before it when somebody who knows it comes', async () => {
  await reportStep(world.db, step, leave, record());
  await world.setStep(step.stepId, `status = 'admitted', first_claimed_at = first_claimed_at - interval '1 day'`);
  const claim = await claimStep(world.db, step.stepId, step.workerId);
  const { isLastCall, secondsLeft } = claim.kind === 'claimed' ? claim.step : { isLastCall: true, secondsLeft: 0 };
  expect([isLastCall, Math.ceil(secondsLeft)]).toEqual([false, 300]);
});

test('a step that is left alone is never overdue', async () => {
  await world.setStep(step.stepId, `deadline_at = clock_timestamp() - interval '1 h'`);
  await reportStep(world.db, step, leave, record());
  expect(await failOverdueSteps(world.db, 0)).toEqual([]);
});

describe('an intent', () => {
  test('is written under the fence, with the progress and the settlements that ride on it', async () => {
    const first = await openIntent('off');
    const progress = { format: 1, step: 'off' };
    await writeIntent(world.db, step, {
      effect: { kind: 'on' },
      progress,
      settlements: [{ intentId: first, found: 'not_done' }],
    });
    expect(await world.query('select effect, fence from intent order by id')).toEqual([
      { effect: { kind: 'off' }, fence: 1 },
      { effect: { kind: 'on' }, fence: 1 },
    ]);
    expect(await intents()).toEqual([
      { found: 'not_done', settled: true },
      { found: null, settled: false },
    ]);
    expect(await world.step(step.stepId)).toMatchObject({ status: 'running', progress, moved: false });
  });

  test.each<[string, string]>([
    ['under a stale fence', 'fence = 2'],
    ['of a step that was taken away', `status = 'admitted'`],
  ])('%s is refused and writes nothing', async (_name, assignments) => {
    const first = await openIntent('off');
    await world.setStep(step.stepId, assignments);
    const before = await world.step(step.stepId);
    const fresh = {
      effect: { kind: 'on' },
      progress: { format: 1 },
      settlements: [{ intentId: first, found: 'done' as const }],
    };
    await expect(writeIntent(world.db, step, fresh)).rejects.toMatchObject({ code: 'fence_lost' });
    expect(await intents()).toEqual([{ found: null, settled: false }]);
    expect(await world.step(step.stepId)).toEqual(before);
  });
});
