import { describe, expect, test } from '@jest/globals';
import { parseTraceParent, taskSpan, traceParentOfRetry, traceParentOfTask } from './trace-parent.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const taskId = '0b0c7a52-6f2a-4f0e-9a3b-1c2d3e4f5a6b';
const ownSpan = '9a3b1c2d3e4f5a6b';
const refuse = () => {
  throw new Error('not asked for');
};

describe('a traceparent header', () => {
  test.each([
    ['sampled', `00-${traceId}-${caller}-01`, true],
    ['not sampled', `00-${traceId}-${caller}-00`, false],
    ['with flags that nobody knows yet', `00-${traceId}-${caller}-03`, true],
    ['of a later version, with more behind it', `01-${traceId}-${caller}-01-more`, true],
    ['between spaces', ` 00-${traceId}-${caller}-01 `, true],
  ])('%s is read', (_name, text, isSampled) => {
    expect(parseTraceParent(text)).toEqual({ traceId, spanId: caller, isSampled });
  });

  test.each([
    ['empty', ''],
    ['in capitals', `00-${traceId.toUpperCase()}-${caller}-01`],
    ['of the forbidden version', `ff-${traceId}-${caller}-01`],
    ['of version 0 with more behind it', `00-${traceId}-${caller}-01-more`],
    ['without a trace', `00-${'0'.repeat(32)}-${caller}-01`],
    ['without a span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['too short', `00-${traceId.slice(1)}-${caller}-01`],
    ['with a line break', `00-${traceId}-${caller}-01\n00-${traceId}-${caller}-01`],
  ])('%s is ignored', (_name, text) => {
    expect(parseTraceParent(text)).toBeNull();
  });
});

describe('the trace of a task', () => {
  test("goes on in a caller's", () => {
    const traceParent = traceParentOfTask(taskId, `00-${traceId}-${caller}-01`, refuse);
    expect(taskSpan({ id: taskId, traceParent })).toEqual({
      traceId,
      spanId: ownSpan,
      parentSpanId: caller,
      isSampled: true,
    });
  });

  test.each([
    ['no header', null],
    ['one that is none', 'nonsense'],
  ])('begins with the task when it came with %s', (_name, header) => {
    const traceParent = traceParentOfTask(taskId, header, () => traceId);
    expect(traceParent).toBe(`00-${traceId}-${ownSpan}-01`);
    expect(taskSpan({ id: taskId, traceParent })).toMatchObject({ traceId, spanId: ownSpan, parentSpanId: null });
  });

  test('is that of the task that it retries, below it', () => {
    const retryId = '11111111-2222-4333-8444-555555555555';
    const first = { id: taskId, traceParent: traceParentOfTask(taskId, `00-${traceId}-${caller}-00`, refuse) };
    const traceParent = traceParentOfRetry(first);
    expect(taskSpan({ id: retryId, traceParent })).toEqual({
      traceId,
      spanId: '8444555555555555',
      parentSpanId: ownSpan,
      isSampled: false,
    });
  });

  test('is nothing for a task that was stored without one', () => {
    const task = { id: taskId, traceParent: null };
    expect([taskSpan(task), traceParentOfRetry(task)]).toEqual([null, null]);
  });
});
