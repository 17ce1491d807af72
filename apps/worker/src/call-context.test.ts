import { beforeEach, describe, expect, it } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import { type ClaimedStep, fenceLost } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { claimedStep } from '../test/claimed-step.js';
import { RecordedWrites } from '../test/recorded-writes.js';
import { CallContext } from './call-context.js';

const off = { kind: 'power_off' };
const on = { kind: 'power_on' };
const first = { format: 1, phase: 'off' };
const second = { format: 1, phase: 'on' };
const opened = { openIntentId: '41', openEffect: off, openIntentAgeSeconds: 3 };

let recorded: RecordedWrites;
let abort: AbortController;
let stop: AbortController;

function contextOf(step: Partial<ClaimedStep> = {}): CallContext {
  const { signal } = abort;
  const around = { writes: recorded.writes, log: silentLog, signal, stop: stop.signal, sendBefore: () => 1234 };
  return new CallContext(claimedStep({ verb: 'power_cycle_node', ...step }), around);
}

beforeEach(() => {
  recorded = new RecordedWrites();
  abort = new AbortController();
  stop = new AbortController();
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
    expect(recorded.intents).toMatchObject([{ stepId: 's1', fence: 7, effect: off, progress: first, settlements: [] }]);
    expect(context.unsettledEffect).toEqual(off);
  });

  it('carries settlement and progress on the next intent, once', async () => {
    const context = contextOf(opened);
    await context.settle(off, 'done', second);
    expect(recorded.intents).toEqual([]);
    expect(context.unsettledEffect).toBeNull();
    await context.intend(on);
    const settlements = [{ intentId: '41', found: 'done' }];
    expect(recorded.intents).toMatchObject([{ stepId: 's1', fence: 7, effect: on, progress: second, settlements }]);
    expect(context.unwritten()).toEqual({ settlements: [], progress: undefined });
  });

  it('prefers the progress of the intent itself', async () => {
    const context = contextOf(opened);
    await context.settle(off, 'done', first);
    await context.intend(on, second);
    expect(recorded.intents[0]?.progress).toEqual(second);
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
    expect(recorded.intents).toEqual([]);
    expect(context.unsettledEffect).toBeNull();
  });

  it('keeps what it knows when the fence is lost, and says so', async () => {
    recorded.refusals.push(fenceLost({ stepId: 's1', fence: 7 }));
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
    expect(recorded.intents).toHaveLength(1);
  });

  it('refuses a second announcement while the first is on its way', async () => {
    const context = contextOf();
    const announced = await Promise.allSettled([context.intend(off), context.intend(on)]);
    expect(announced.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(context.unsettledEffect).toEqual(off);
  });

  it('announces nothing whose progress could not be kept', async () => {
    recorded.refusals.push(new DrydockError('driver_fault', 'progress that cannot be kept'));
    const context = contextOf();
    await expect(context.intend(off, first)).rejects.toMatchObject({ code: 'driver_fault' });
    expect(context.unsettledEffect).toBeNull();
  });
});

describe('a call whose task is terminated', () => {
  const terminate = () => stop.abort(new Error('the task was terminated'));

  it('ends at once when nothing is announced, and announces nothing more', async () => {
    const context = contextOf();
    terminate();
    expect([context.signal.aborted, context.isStopped]).toEqual([true, true]);
    await expect(context.intend(off)).rejects.toThrow('the task was terminated');
    expect(recorded.intents).toEqual([]);
  });

  it('ends at once when it was terminated before it began', () => {
    terminate();
    expect(contextOf().isStopped).toBe(true);
  });

  it.each([
    ['it announced', {}],
    ['an earlier call announced', opened],
  ])('is waited for until the effect that %s is settled', async (_who, step) => {
    const context = contextOf(step);
    if (context.openIntent === null) await context.intend(off, first);
    terminate();
    expect(context.isStopped).toBe(false);
    await context.settle(off, 'done', second);
    expect([context.signal.aborted, context.isStopped]).toEqual([true, true]);
    expect(context.unwritten()).toMatchObject({ settlements: [{ found: 'done' }], progress: second });
    await expect(context.intend(on)).rejects.toThrow('the task was terminated');
  });

  it('is waited for while an announcement is on its way, and counts it as open', async () => {
    let announce = (): void => undefined;
    recorded.gate = new Promise((resolve) => (announce = resolve));
    const context = contextOf();
    const announced = context.intend(off);
    terminate();
    expect([context.isStopped, context.unsettledEffect]).toEqual([false, off]);
    announce();
    expect(await announced).toEqual({ sendBefore: 1234 });
    expect([context.isStopped, context.unsettledEffect]).toEqual([false, off]);
  });

  it('ends when the database refuses an announcement, before a heartbeat told it', async () => {
    recorded.refusals.push(new DrydockError('illegal_move', 'the task was terminated: announce nothing more'));
    const context = contextOf();
    await expect(context.intend(off)).rejects.toMatchObject({ code: 'illegal_move' });
    expect([context.isStopped, context.unsettledEffect]).toEqual([true, null]);
  });

  it('ends at once for the loss of its lease, whatever is open', async () => {
    const context = contextOf(opened);
    terminate();
    abort.abort(new Error('the lease of the step was lost'));
    expect([context.signal.aborted, context.isStopped]).toEqual([true, false]);
  });
});

it('a call that was given up can write nothing any more, and says so in the log', async () => {
  const context = contextOf(opened);
  context.giveUp();
  expect(() => context.settle(off, 'done')).toThrow('settle power_off came after the call was given up');
  await expect(context.intend(on)).rejects.toMatchObject({ code: 'fence_lost' });
  expect([recorded.intents, context.unsettledEffect]).toEqual([[], off]);
});
