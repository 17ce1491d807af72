import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { unlessTerminated } from './unless-terminated.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const untilAborted = (signal: AbortSignal) =>
  new Promise<string>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
const tick = () => jest.advanceTimersByTimeAsync(250);

it('work that ends is answered, and nobody looks any longer', async () => {
  const isTerminated = jest.fn(async () => false);
  expect(await unlessTerminated(isTerminated, async () => 'done')).toBe('done');
  await tick();
  expect(isTerminated).not.toHaveBeenCalled();
});

it('work that fails by itself fails', async () => {
  const failing = unlessTerminated(
    async () => false,
    () => Promise.reject(new Error('no such design')),
  );
  await expect(failing).rejects.toThrow('no such design');
});

it('work is aborted when its task is terminated, and gives nothing', async () => {
  let isSo = false;
  const working = unlessTerminated(async () => isSo, untilAborted);
  await tick();
  isSo = true;
  await tick();
  expect(await working).toBeNull();
});

it('work that ends all the same counts', async () => {
  const working = unlessTerminated(
    async () => true,
    (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('done'))),
  );
  await tick();
  expect(await working).toBe('done');
});

it('work is aborted when nobody can find out, and the trouble is told', async () => {
  const working = unlessTerminated(() => Promise.reject(new Error('the database is away')), untilAborted);
  const told = expect(working).rejects.toThrow('the database is away');
  await tick();
  await told;
});
