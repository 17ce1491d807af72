import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { MoveNotifier } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { RecordingDatabase } from '../test/recording-database.js';
import { observeForever } from './observer-loop.js';

/** What the database and the machines say; a case changes it while the clock goes on. */
interface World {
  hasLease: boolean;
  keys: readonly string[];
  woken: number;
  isDown: boolean;
}

let world: World;
let recording: RecordingDatabase;
let read: (readonly string[])[];
let notified: number;
let loop: { close(): Promise<void> };
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);
const wakings = () =>
  recording.sent.filter(({ text }) => text.startsWith('with differing')).map(({ values }) => values);

function start(facts: Partial<World> = {}): void {
  world = { hasLease: true, keys: ['a', 'b'], woken: 1, isDown: false, ...facts };
  read = [];
  notified = 0;
  recording = new RecordingDatabase();
  recording.answer = ({ text }) => {
    if (text.startsWith('insert into lease')) return world.hasLease ? [{}] : [];
    if (text.startsWith('select distinct')) return world.keys.map((key) => ({ key }));
    return Array.from({ length: world.woken }, () => ({}));
  };
  const observer = {
    source: 'maas:default',
    read: async (keys: readonly string[]) => {
      read.push(keys);
      if (world.isDown) throw new Error('no MAAS');
      return new Map(keys.map((key) => [key, 'Ready']));
    },
  };
  loop = observeForever({
    db: recording.database,
    holderId: 'w1',
    observer,
    notifier: { notify: () => (notified += 1) } as unknown as MoveNotifier,
    log: silentLog,
    everySeconds: 10,
  });
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(async () => {
  await loop.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('an observer', () => {
  it('asks about all that is waited for at once, and wakes by what it read', async () => {
    start();
    await seconds(0);
    const values = ['a', 'b'].map((key) => ({ key, value: 'Ready' }));
    expect([read, wakings(), notified]).toEqual([[['a', 'b']], [[values, 'maas:default']], 1]);
  });

  it.each([
    ['another process observes the source', { hasLease: false }],
    ['nobody waits for it', { keys: [] }],
  ])('asks no machine while %s', async (_case, facts) => {
    start(facts);
    await seconds(30);
    expect([read, wakings()]).toEqual([[], []]);
  });

  it('tells nobody when nobody was woken', async () => {
    start({ woken: 0 });
    await seconds(0);
    expect([wakings().length, notified]).toEqual([1, 0]);
  });

  it('wakes nobody because it could not read, and asks again', async () => {
    start({ isDown: true });
    await seconds(10);
    expect([read.length, wakings()]).toEqual([2, []]);
    world.isDown = false;
    await seconds(10);
    expect(wakings()).toHaveLength(1);
  });
});
