import { describe, expect, test } from '@jest/globals';
import { CachedReading } from './cached-reading.js';

function makeReading(read: () => Promise<number>, keepSeconds = 5, limitSeconds = 60) {
  const clock = { ms: 0 };
  return { clock, reading: new CachedReading(read, { keepSeconds, limitSeconds }, () => clock.ms) };
}

describe('a reading', () => {
  test('is shared by all who ask at once, and kept for a while', async () => {
    let reads = 0;
    const { clock, reading } = makeReading(async () => (reads += 1));
    expect(await Promise.all([reading.get(), reading.get()])).toEqual([1, 1]);
    clock.ms = 4999;
    expect(await reading.get()).toBe(1);
    clock.ms = 5000;
    expect(await reading.get()).toBe(2);
  });

  test('that fails is not kept', async () => {
    let reads = 0;
    const { reading } = makeReading(() => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('away')) : Promise.resolve(reads);
    });
    await expect(reading.get()).rejects.toThrow('away');
    expect(await reading.get()).toBe(2);
  });

  test('that hangs costs each who asks no more than the limit, and is not begun again', async () => {
    let reads = 0;
    const { reading } = makeReading(
      () => {
        reads += 1;
        return new Promise(() => undefined);
      },
      5,
      0.01,
    );
    await expect(reading.get()).rejects.toThrow('no answer within 0.01 s');
    await expect(reading.get()).rejects.toThrow('no answer within 0.01 s');
    expect(reads).toBe(1);
  });
});
