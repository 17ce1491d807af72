import { expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { silentLog } from '../logging/log.js';
import { stopOnSignals } from './stop-on-signals.js';

function makeHost(stop: () => Promise<void>) {
  const host = Object.assign(new EventEmitter(), { exit: (code: number): void => void host.emit('exited', code) });
  const clock = { ms: 0 };
  const remove = stopOnSignals({ stop, log: silentLog, host, now: () => clock.ms });
  return { host, clock, remove };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])('%s closes once and ends with 0', async (event) => {
  let closed = 0;
  const { host } = makeHost(async () => void (closed += 1));
  const exited = once(host, 'exited');
  host.emit(event, event);
  host.emit(event, event);
  expect(await exited).toEqual([0]);
  expect(closed).toBe(1);
});

test('what would not close ends with 1', async () => {
  const { host } = makeHost(() => Promise.reject(new Error('stuck')));
  const exited = once(host, 'exited');
  host.emit('SIGTERM', 'SIGTERM');
  expect(await exited).toEqual([1]);
});

test.each([
  [400, []],
  [600, [130]],
])('a second signal after %i ms ends at once only if it cannot be the same Ctrl-C', (afterMs, codes) => {
  const { host, clock } = makeHost(() => new Promise(() => undefined));
  const exits: number[] = [];
  host.on('exited', (code: number) => exits.push(code));
  host.emit('SIGINT', 'SIGINT');
  clock.ms = afterMs;
  host.emit('SIGINT', 'SIGINT');
  expect(exits).toEqual(codes);
});

test('the handlers can be taken away', () => {
  const { host, remove } = makeHost(() => Promise.resolve());
  remove();
  expect(host.eventNames()).toEqual([]);
});
