import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Consumer, QueueBackend } from '@drydock/queue';
import { silentLog } from '@drydock/runtime';
import { watchConsumer } from './watch-consumer.js';

/** What the watch sees; a case changes it while the clock goes on. */
let world: { waiting: number; hasFreeSlot: boolean; pickedUpAt: number | null; isDown: boolean };
let recreated: number[];
let watch: { close(): Promise<void> };
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  world = { waiting: 3, hasFreeSlot: true, pickedUpAt: null, isDown: false };
  recreated = [];
  jest.setSystemTime(100_000);
  const counts = async () => {
    if (world.isDown) throw new Error('no redis');
    return { waiting: world.waiting };
  };
  const consumer = {
    get pickedUpAt() {
      return world.pickedUpAt;
    },
    recreate: async () => void recreated.push(Date.now() - 100_000),
  };
  watch = watchConsumer({
    queue: { counts } as unknown as QueueBackend,
    consumer: consumer as unknown as Consumer,
    hasFreeSlot: () => world.hasFreeSlot,
    log: silentLog,
    now: Date.now,
  });
});

afterEach(async () => {
  await watch.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('the watch on a consumer', () => {
  it('makes it anew after jobs waited in silence, and again after as long', async () => {
    await seconds(7);
    expect(recreated).toEqual([]);
    await seconds(9);
    expect(recreated).toEqual([8000, 16_000]);
  });

  it.each([
    ['no job waits', { waiting: 0 }],
    ['every slot is taken', { hasFreeSlot: false }],
  ])('leaves it alone while %s', async (_case, facts) => {
    Object.assign(world, facts);
    await seconds(30);
    expect(recreated).toEqual([]);
  });

  it('leaves it alone while it picks up', async () => {
    for (let second = 0; second < 30; second += 1) {
      world.pickedUpAt = Date.now();
      await seconds(1);
    }
    expect(recreated).toEqual([]);
  });

  it('begins to count anew after a moment without waiting jobs', async () => {
    await seconds(5);
    world.waiting = 0;
    await seconds(2);
    world.waiting = 3;
    await seconds(6);
    expect(recreated).toEqual([]);
    await seconds(2);
    expect(recreated).toHaveLength(1);
  });

  it('goes on watching after the queue could not be asked', async () => {
    world.isDown = true;
    await seconds(10);
    world.isDown = false;
    await seconds(8);
    expect(recreated).toHaveLength(1);
  });
});
