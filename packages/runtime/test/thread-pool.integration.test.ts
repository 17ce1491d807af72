import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import { silentLog, threadModule, ThreadPool, type ThreadPoolOptions } from '@drydock/runtime';
import type { Work } from './fixtures/pooled-work.js';

let pool: ThreadPool<Work, unknown> | undefined;
afterEach(() => pool?.close(new DrydockError('internal', 'the test is over')));

function open(options: Partial<ThreadPoolOptions> = {}): ThreadPool<Work, unknown> {
  pool = new ThreadPool<Work, unknown>({
    module: threadModule('./fixtures/pooled-work', import.meta.url),
    workerData: 'data',
    work: 'test work',
    threads: 1,
    maxQueued: 1,
    timeoutSeconds: null,
    log: silentLog,
    ...options,
  });
  return pool;
}

const answer = (value: unknown): Work => ({ do: 'answer', value });

/** Work that holds its thread until the test lets it go. */
function held(): { readonly work: Work; readonly letGo: () => void } {
  const flag = new SharedArrayBuffer(4);
  const cell = new Int32Array(flag);
  return {
    work: { do: 'wait-for', flag },
    letGo: () => {
      Atomics.store(cell, 0, 1);
      Atomics.notify(cell, 0);
    },
  };
}

describe('a pool of threads', () => {
  test('answers with what the thread made of the request and of its own data', async () => {
    expect(await open().run(answer({ a: 1 }))).toEqual({ value: { a: 1 }, data: 'data' });
  });

  test('hands buffers over instead of copying them', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const answered = await open().run(answer(bytes), [bytes.buffer]);
    expect(answered).toMatchObject({ value: new Uint8Array([1, 2, 3]) });
    expect(bytes.byteLength).toBe(0);
  });

  const failures: readonly (readonly ['refuse' | 'throw' | 'die' | 'devour', object])[] = [
    ['refuse', { code: 'not_found', message: 'nothing is here' }],
    ['throw', { code: 'internal', message: 'the thread failed on this; the log has the cause' }],
    ['die', { code: 'internal', message: expect.stringContaining('the thread died') }],
    ['devour', { code: 'work_exceeded', message: expect.stringContaining('more memory') }],
  ];

  test.each(failures)('work that does "%s" fails alone; what waits behind it is answered', async (doing, error) => {
    const threads = open({ maxHeapMib: 32 });
    const [failed, answered] = await Promise.allSettled([threads.run({ do: doing }), threads.run(answer(1))]);
    expect(failed).toEqual({ status: 'rejected', reason: expect.objectContaining(error) });
    expect(answered).toEqual({ status: 'fulfilled', value: { value: 1, data: 'data' } });
  });

  test('a request that cannot be copied fails alone and keeps no place, also when it waited', async () => {
    const threads = open({ maxQueued: 2 });
    const notCopied = answer(() => 'a function');
    await expect(threads.run(notCopied)).rejects.toThrow('could not be cloned');
    const { work, letGo } = held();
    const settled = Promise.allSettled([threads.run(work), threads.run(notCopied), threads.run(answer(2))]);
    letGo();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('logs how a thread died that ended by itself', async () => {
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (message: string, fields: unknown) => void logged.push([message, fields]) };
    await expect(open({ log }).run({ do: 'die' })).rejects.toMatchObject({ code: 'internal' });
    const error = expect.objectContaining({ message: 'the thread ended by itself with code 3' });
    expect(logged).toEqual([['thread died', { work: 'test work', error }]]);
  });

  test('logs the mistake that it does not pass on', async () => {
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (message: string, fields: unknown) => void logged.push([message, fields]) };
    await expect(open({ log }).run({ do: 'throw' })).rejects.toMatchObject({ code: 'internal' });
    expect(logged).toEqual([
      ['thread failed', { work: 'test work', stack: expect.stringMatching(/^TypeError: a mistake\n/) }],
    ]);
  });

  test('work that runs too long is ended, and what gets no thread in time is refused', async () => {
    const threads = open({ timeoutSeconds: 0.2, maxQueued: 2 });
    const [first, second, third] = await Promise.allSettled([
      threads.run({ do: 'spin' }),
      threads.run({ do: 'spin' }),
      threads.run(answer(3)),
    ]);
    const tooLong = { code: 'work_exceeded', message: expect.stringContaining('the test work took longer than 0.2 s') };
    const tooLate = { code: 'overloaded', message: expect.stringContaining('did not come to this within 0.2 s') };
    expect([first, second, third]).toMatchObject([{ reason: tooLong }, { reason: tooLong }, { reason: tooLate }]);
  });

  test('work that finds every thread busy waits, and beyond the queue it is refused', async () => {
    const threads = open();
    const { work, letGo } = held();
    const first = threads.run(work);
    const second = threads.run(answer(2));
    await expect(threads.run(answer(3))).rejects.toMatchObject({
      code: 'overloaded',
      message: 'the test work has 1 requests waiting already; try again in a moment',
    });
    letGo();
    await first;
    expect(await second).toMatchObject({ value: 2 });
  });

  test('work that is cancelled ends at once, is told so, and the thread goes on', async () => {
    const logged: unknown[] = [];
    const log = { ...silentLog, error: (message: string) => void logged.push(message) };
    const threads = open({ callsPerThread: 2, log });
    const { port1: told, port2: port } = new MessageChannel();
    const abort = new AbortController();
    const cancelled = threads.run({ do: 'await-abort', port }, [port], abort.signal);
    expect(await threads.run(answer(1))).toMatchObject({ value: 1 });
    abort.abort(new Error('not wanted any more'));
    await expect(cancelled).rejects.toThrow('not wanted any more');
    expect(await once(told, 'message')).toEqual(['aborted']);
    told.close();
    expect(await threads.run(answer(2))).toMatchObject({ value: 2 });
    expect(logged).toEqual([]);
  });

  test('work that is cancelled while it waits, or before, never comes to a thread', async () => {
    const threads = open();
    const { work, letGo } = held();
    const first = threads.run(work);
    const abort = new AbortController();
    const waiting = threads.run(answer(2), [], abort.signal);
    abort.abort(new Error('not wanted any more'));
    await expect(waiting).rejects.toThrow('not wanted any more');
    await expect(threads.run(answer(3), [], abort.signal)).rejects.toThrow('not wanted any more');
    const next = threads.run(answer(4));
    letGo();
    await first;
    expect(await next).toMatchObject({ value: 4 });
  });

  test('a second thread works while the first is busy', async () => {
    const threads = open({ threads: 2, maxQueued: 0 });
    const { work, letGo } = held();
    const first = threads.run(work);
    expect(await threads.run(answer('meanwhile'))).toMatchObject({ value: 'meanwhile' });
    letGo();
    await first;
  });

  test('closing ends what runs, what waits and what comes later with its reason', async () => {
    const threads = open();
    const calls = [threads.run({ do: 'spin' }), threads.run(answer(1))];
    const settled = Promise.allSettled(calls);
    const reason = new DrydockError('run_lost', 'we stop');
    await threads.close(reason);
    const late = threads.run(answer(2));
    await expect(late).rejects.toBe(reason);
    expect(await settled).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });
});
