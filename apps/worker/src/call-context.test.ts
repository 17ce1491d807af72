import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ClaimedStep } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { claimedStep } from '../test/claimed-step.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { CallContext } from './call-context.js';

const off = { kind: 'power_off' };
const on = { kind: 'power_on' };
const first = { format: 1, phase: 'off' };
const second = { format: 1, phase: 'on' };
const opened = { openIntentId: '41', openEffect: off, openIntentAgeSeconds: 3 };

let recording: RecordingDatabase;
let abort: AbortController;

function contextOf(step: Partial<ClaimedStep> = {}): CallContext {
  const around = { db: recording.database, log: silentLog, signal: abort.signal, sendBefore: () => 1234 };
  return new CallContext(claimedStep({ verb: 'power_cycle_node', ...step }), around);
}

beforeEach(() => {
  recording = new RecordingDatabase();
  abort = new AbortController();
  recording.answer = () => [{ id: `${41 + recording.sent.length}` }];
});

describe('the context of a call', () => {
  it('shows what the claim said', () => {
    const context = contextOf({ attempt: 2, stopping: true, isLastCall: true, progress: first, ...opened });
    expect(context).toMatchObject({
      attempt: 2,
      stopping: true,
      isLastCall: true,
      progress: first,
      settleSeconds: 15,
      openIntent: { effect: off, ageSeconds: 3 },
      unsettledEffect: off,
    });
  });

  it('writes an intent under the fence, and answers until when it may be sent', async () => {
    const context = contextOf();
    expect(await context.intend(off, first)).toEqual({ sendBefore: 1234 });
    expect(recording.sent).toHaveLength(1);
    expect(recording.sent[0]?.values).toEqual([first, 's1', 7, [], 7, off]);
    expect(context.unsettledEffect).toEqual(off);
  });

  it('carries settlement and progress on the next intent, once', async () => {
    const context = contextOf(opened);
    await context.settle(off, 'done', second);
    expect(recording.sent).toEqual([]);
    expect(context.unsettledEffect).toBeNull();
    await context.intend(on);
    const settlements = [{ intentId: '41', found: 'done' }];
    expect(recording.sent[0]?.values).toEqual([second, 's1', 7, settlements, 7, on]);
    expect(context.unwritten()).toEqual({ settlements: [], progress: undefined });
  });

  it('prefers the progress of the intent itself', async () => {
    const context = contextOf(opened);
    await context.settle(off, 'done', first);
    await context.intend(on, second);
    expect(recording.sent[0]?.values[0]).toEqual(second);
  });

  it('leaves the rest for the report: what was settled after the last intent', async () => {
    const context = contextOf();
    await context.intend(off, first);
    await context.settle(off, 'not_done', second);
    expect(context.unwritten()).toEqual({ settlements: [{ intentId: '42', found: 'not_done' }], progress: second });
  });

  it('settles nothing that is not open', async () => {
    const context = contextOf();
    await context.settle(off, 'done');
    expect(context.unwritten()).toEqual({ settlements: [], progress: undefined });
  });

  it('announces nothing in a call that was aborted', async () => {
    const context = contextOf();
    abort.abort(new Error('the lease of the step was lost'));
    await expect(context.intend(off)).rejects.toThrow('the lease of the step was lost');
    expect(recording.sent).toEqual([]);
    expect(context.unsettledEffect).toBeNull();
  });

  it('keeps what it knows when the fence is lost, and says so', async () => {
    recording.answer = () => [];
    const context = contextOf(opened);
    await context.settle(off, 'done', second);
    await expect(context.intend(on)).rejects.toMatchObject({ code: 'fence_lost' });
    expect(context.unwritten()).toEqual({ settlements: [{ intentId: '41', found: 'done' }], progress: second });
    expect(context.unsettledEffect).toBeNull();
  });

  it('refuses a second announcement before the first is settled, in the same call or from an earlier one', async () => {
    const context = contextOf();
    await context.intend(off, first);
    await expect(context.intend(on)).rejects.toMatchObject({ code: 'driver_fault' });
    await expect(contextOf(opened).intend(on)).rejects.toThrow('power_on was announced before power_off was settled');
    expect(recording.sent).toHaveLength(1);
  });

  it('refuses a second announcement while the first is on its way', async () => {
    const context = contextOf();
    const announced = await Promise.allSettled([context.intend(off), context.intend(on)]);
    expect(announced.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(context.unsettledEffect).toEqual(off);
  });

  it('announces no progress that could not be kept', async () => {
    const context = contextOf();
    const large = { format: 1, text: 'x'.repeat(5000) };
    await expect(context.intend(off, large)).rejects.toMatchObject({ code: 'driver_fault' });
    expect([recording.sent, context.unsettledEffect]).toEqual([[], null]);
  });
});
