import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { endWithSignal } from './end-with-signal.js';

let logged: string[];
let abort: AbortController;
const milliseconds = (count: number) => jest.advanceTimersByTimeAsync(count);

beforeEach(() => {
  jest.useFakeTimers();
  logged = [];
  abort = new AbortController();
});

afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** What became of the call: settled or not yet. */
function race(call: Promise<string>): { readonly outcome: () => unknown } {
  const write = (message: string) => void logged.push(message);
  const log = { ...silentLog, warn: write, error: write };
  let outcome: unknown = 'under way';
  endWithSignal(call, { name: 'the call', signal: abort.signal, log }).then(
    (answer) => (outcome = answer),
    (error: Error) => (outcome = error.message),
  );
  return { outcome: () => outcome };
}

it('a call that answers is answered, aborted or not', async () => {
  const raced = race(Promise.resolve('done'));
  await milliseconds(0);
  abort.abort(new Error('too late'));
  await milliseconds(5000);
  expect([raced.outcome(), logged]).toEqual(['done', []]);
});

it('a call that obeys its signal tells why it ended', async () => {
  const raced = race(
    new Promise((_resolve, reject) => abort.signal.addEventListener('abort', () => reject(new Error('obeyed')))),
  );
  abort.abort(new Error('its time is over'));
  await milliseconds(0);
  expect([raced.outcome(), logged]).toEqual(['obeyed', []]);
});

it('a call that ignores its signal is given up a second later, and its late end is logged', async () => {
  let answer = (_text: string): void => undefined;
  const raced = race(new Promise((resolve) => (answer = resolve)));
  await milliseconds(60_000);
  expect(raced.outcome()).toBe('under way');
  abort.abort(new Error('its time is over'));
  await milliseconds(999);
  expect(raced.outcome()).toBe('under way');
  await milliseconds(1);
  expect(raced.outcome()).toBe('the call did not end within 1 s after it was aborted (its time is over)');
  expect(logged).toEqual(['call given up']);
  answer('done');
  await milliseconds(0);
  expect(logged).toEqual(['call given up', 'call ended late']);
});

it('a call that begins with an aborted signal has the same second', async () => {
  abort.abort(new Error('stopped'));
  const raced = race(new Promise(() => undefined));
  await milliseconds(1000);
  expect(raced.outcome()).toContain('did not end within 1 s');
});
