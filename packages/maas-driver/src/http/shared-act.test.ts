import { describe, expect, test } from '@jest/globals';
import { createSharedAct } from './shared-act.js';

const { signal } = new AbortController();

/** An act that ends when the test says so, or when its signal aborts. */
function heldAct() {
  const begun: { readonly signal: AbortSignal; readonly finish: () => void }[] = [];
  const act = (own: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      own.addEventListener('abort', () => reject(new Error('act aborted')), { once: true });
      begun.push({ signal: own, finish: resolve });
    });
  return { act, begun };
}

describe('a shared act', () => {
  test('is one for callers at the same time, also its failure, and a later caller acts again', async () => {
    const shared = createSharedAct();
    let acts = 0;
    const act = async (): Promise<void> => {
      acts += 1;
      if (acts === 1) throw new Error('refused');
    };
    const both = [shared.run('a', signal, act), shared.run('a', signal, act)];
    await expect(both[0]).rejects.toThrow('refused');
    await expect(both[1]).rejects.toThrow('refused');
    await Promise.all([shared.run('a', signal, act), shared.run('b', signal, act)]);
    expect(acts).toBe(3);
  });

  test('goes on for the others when the caller who began it is aborted', async () => {
    const shared = createSharedAct();
    const { act, begun } = heldAct();
    const first = new AbortController();
    const leaving = shared.run('a', first.signal, act);
    const staying = shared.run('a', signal, act);
    first.abort(new Error('lease lost'));
    await expect(leaving).rejects.toThrow('lease lost');
    expect(begun.map((one) => one.signal.aborted)).toEqual([false]);
    begun[0]?.finish();
    await staying;
  });

  test('is aborted when every caller has left, and the next caller acts anew', async () => {
    const shared = createSharedAct();
    const { act, begun } = heldAct();
    const stop = new AbortController();
    const both = [shared.run('a', stop.signal, act), shared.run('a', stop.signal, act)];
    stop.abort(new Error('lease lost'));
    await Promise.allSettled(both);
    const next = shared.run('a', signal, act);
    expect(begun.map((one) => one.signal.aborted)).toEqual([true, false]);
    begun[1]?.finish();
    await next;
  });

  test('is not begun for a caller who is aborted already', async () => {
    const shared = createSharedAct();
    const { act, begun } = heldAct();
    await expect(shared.run('a', AbortSignal.abort(new Error('lease lost')), act)).rejects.toThrow('lease lost');
    expect(begun).toEqual([]);
  });
});
