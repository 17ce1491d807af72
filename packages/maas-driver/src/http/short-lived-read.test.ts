import { describe, expect, test } from '@jest/globals';
import { createShortLivedRead } from './short-lived-read.js';

function counted(fail = false) {
  let reads = 0;
  let nowMs = 0;
  const shared = createShortLivedRead(
    async () => {
      reads += 1;
      if (fail) throw new Error('down');
      return reads;
    },
    1000,
    () => nowMs,
  );
  return { shared, reads: () => reads, pass: (ms: number) => (nowMs += ms) };
}

const { signal } = new AbortController();

describe('a short-lived read', () => {
  test('serves callers at the same time and shortly after with one request', async () => {
    const { shared, reads, pass } = counted();
    expect(await Promise.all([shared.get(signal), shared.get(signal)])).toEqual([1, 1]);
    pass(1000);
    expect(await shared.get(signal)).toBe(1);
    pass(1);
    expect(await shared.get(signal)).toBe(2);
    expect(reads()).toBe(2);
  });

  test('reads anew after it was told to forget', async () => {
    const { shared } = counted();
    await shared.get(signal);
    shared.forget();
    expect(await shared.get(signal)).toBe(2);
  });

  test('serves what was amended until it is read anew', async () => {
    const { shared, pass } = counted();
    await shared.get(signal);
    shared.amend((answer) => answer + 10);
    expect(await shared.get(signal)).toBe(11);
    pass(1001);
    expect(await shared.get(signal)).toBe(2);
  });

  test('does not keep a failure', async () => {
    const { shared, reads } = counted(true);
    await expect(shared.get(signal)).rejects.toThrow('down');
    await expect(shared.get(signal)).rejects.toThrow('down');
    expect(reads()).toBe(2);
  });

  test('lets one caller leave without ending the read of the others', async () => {
    let finish: (value: number) => void = () => undefined;
    const shared = createShortLivedRead(
      () => new Promise<number>((resolve) => (finish = resolve)),
      1000,
      () => 0,
    );
    const stop = new AbortController();
    const leaving = shared.get(stop.signal);
    const staying = shared.get(signal);
    stop.abort();
    await expect(leaving).rejects.toThrow();
    finish(7);
    expect(await staying).toBe(7);
  });
});
