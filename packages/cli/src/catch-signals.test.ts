import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { catchSignals } from './catch-signals.js';

const setUp = () => {
  const source = new EventEmitter();
  const clock = { now: 0 };
  const heard: string[] = [];
  const takeBack = catchSignals(source, () => clock.now)((signal) => heard.push(signal));
  const send = (signal: string, at: number): boolean => {
    clock.now = at;
    return source.emit(signal, signal);
  };
  return { heard, takeBack, send };
};

test('a Ctrl-C that a launcher passes on is the same one, and a later one is another', () => {
  const { heard, send } = setUp();
  for (const at of [0, 0, 499, 500]) send('SIGINT', at);
  expect(heard).toEqual(['SIGINT', 'SIGINT']);
});

test('a job that a CI server cancels hears of SIGINT and later of SIGTERM', () => {
  const { heard, send } = setUp();
  send('SIGINT', 0);
  send('SIGTERM', 7500);
  expect(heard).toEqual(['SIGINT', 'SIGTERM']);
});

test('nobody listens any more once it is taken back', () => {
  const { heard, takeBack, send } = setUp();
  takeBack();
  expect([send('SIGINT', 0), send('SIGTERM', 0), heard]).toEqual([false, false, []]);
});
