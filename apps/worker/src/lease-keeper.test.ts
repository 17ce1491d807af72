import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { pulseOf } from '../test/pulse-of.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { type HeldCall, LeaseKeeper } from './lease-keeper.js';

const holder = { id: 'w1', process: 'worker', host: 'h', pid: 1, slots: 2 } as const;
const own = (id: string, fence: number, stopping = false) => ({ id, fence, stopping });

let recording: RecordingDatabase;
let leases: LeaseKeeper;
const givenUp = () =>
  recording.sent.filter(({ text }) => text.startsWith('update step')).map(({ values }) => values[0]);
const reasonOf = (signal: AbortSignal) => (signal.aborted ? (signal.reason as Error).message : null);
const whyOf = ({ lost }: HeldCall) => reasonOf(lost);
const milliseconds = (count: number) => jest.advanceTimersByTimeAsync(count);

/** What the heartbeats answer from now on. */
function answer(...steps: readonly ReturnType<typeof own>[]): void {
  recording.answer = ({ text }) => (text.includes('insert into holder') ? steps : []);
}

beforeEach(() => {
  jest.useFakeTimers();
  recording = new RecordingDatabase();
  leases = new LeaseKeeper(recording.database, pulseOf(recording), holder, silentLog);
  leases.start(performance.now());
});

afterEach(async () => {
  await leases.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('the lease of a worker', () => {
  it.each([
    ['goes on for a step that the answer names', [own('s1', 1)], null],
    ['aborts a step that the answer does not name', [], 'the lease of the step was lost'],
    ['aborts a step that somebody else has claimed since', [own('s1', 2)], 'the lease of the step was lost'],
    ['goes on for a step whose task was terminated', [own('s1', 1, true)], null],
  ])('%s', async (_case, named, reason) => {
    const call = leases.hold('s1', 1);
    answer(...named);
    await milliseconds(1000);
    expect(whyOf(call)).toBe(reason);
  });

  it('asks a step to stop whose task was terminated, once', async () => {
    const warned: unknown[] = [];
    const log = { ...silentLog, warn: (message: string, fields?: object) => void warned.push([message, fields]) };
    await leases.close();
    leases = new LeaseKeeper(recording.database, pulseOf(recording), holder, log);
    leases.start(performance.now());
    const call = leases.hold('s1', 1);
    answer(own('s1', 1, true));
    await milliseconds(3000);
    expect([whyOf(call), reasonOf(call.stop)]).toEqual([null, 'the task was terminated']);
    expect(warned).toEqual([['step aborted', { step: 's1#1', why: 'the task was terminated' }]]);
  });

  it('goes on for a step that was claimed to settle what it began, after its task was terminated', async () => {
    const call = leases.hold('s1', 1, true);
    answer(own('s1', 1, true));
    await milliseconds(5000);
    expect([whyOf(call), reasonOf(call.stop)]).toEqual([null, null]);
    answer();
    await milliseconds(1000);
    expect(whyOf(call)).toBe('the lease of the step was lost');
  });

  it('does not abort what was claimed while the heartbeat was on its way', async () => {
    let answerBeat = (_steps: readonly object[]): void => undefined;
    recording.answer = () => new Promise((resolve) => (answerBeat = resolve));
    await milliseconds(1000);
    const call = leases.hold('s1', 1);
    answerBeat([]);
    await milliseconds(1);
    expect(whyOf(call)).toBeNull();
  });

  it('aborts everything after two thirds of it without a heartbeat, and sends nothing after that', async () => {
    recording.answer = () => Promise.reject(new Error('gone'));
    const sendBefore = performance.now() + 2000;
    const call = leases.hold('s1', 1);
    await milliseconds(2000);
    expect(whyOf(call)).toBeNull();
    expect(leases.sendBefore).toBe(sendBefore);
    await milliseconds(200);
    expect(whyOf(call)).toBe('the lease could not be renewed');
  });

  it('counts from the moment at which the heartbeat was sent, not answered', async () => {
    let answerBeat = (_steps: readonly object[]): void => undefined;
    recording.answer = () => new Promise((resolve) => (answerBeat = resolve));
    await milliseconds(1000);
    const sentAt = performance.now();
    await milliseconds(500);
    answerBeat([]);
    await milliseconds(1);
    expect(leases.sendBefore).toBe(sentAt + 2000);
  });

  it('gives a step back that it should run and does not, at the second heartbeat that names it', async () => {
    answer(own('s1', 1));
    await milliseconds(1000);
    expect(givenUp()).toEqual([]);
    await milliseconds(1000);
    expect(givenUp()).toEqual([[own('s1', 1)]]);
  });

  it('gives nothing back that it holds, or that was named once', async () => {
    leases.hold('s1', 1);
    answer(own('s1', 1), own('s2', 1));
    await milliseconds(1000);
    answer(own('s1', 1), own('s3', 1));
    await milliseconds(1000);
    expect(givenUp()).toEqual([]);
  });

  it('keeps an old call of a step apart from a new one', () => {
    leases.hold('s1', 1);
    const call = leases.hold('s1', 2);
    leases.release('s1', 1);
    expect([leases.heldSteps, whyOf(call)]).toEqual([1, null]);
  });

  it('stops what runs and what is still claimed', () => {
    const before = leases.hold('s1', 1);
    leases.stop('the worker stops');
    expect([before, leases.hold('s2', 1)].map(whyOf)).toEqual(['the worker stops', 'the worker stops']);
  });
});
