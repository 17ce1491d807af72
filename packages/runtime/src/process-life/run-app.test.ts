import { expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { LogLevel } from '../logging/create-logger.js';
import { type AppHost, runApp } from './run-app.js';

interface Given {
  readonly level: LogLevel;
  readonly failure?: Error;
  readonly drain?: () => Promise<void>;
}

/** Runs an app in a process that is none. */
async function run({ level, failure, drain }: Given) {
  const stdout = new PassThrough();
  const events = new EventEmitter();
  const host: AppHost = Object.assign(events, { stdout, exit: (code: number) => void events.emit('exited', code) });
  const closed = { times: 0 };
  await runApp(
    {
      name: 'worker',
      readConfig: () => ({ logLevel: level, slots: 3 }),
      start: async () => {
        if (failure) throw failure;
        const url = 'http://127.0.0.1:1';
        return { url, ...(drain && { drain }), close: async () => void (closed.times += 1) };
      },
      facts: ({ url }, { slots }) => ({ url, slots }),
    },
    host,
  );
  const printed = String(stdout.read() ?? '').split('\n');
  const lines = printed.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
  return { host, events, closed, lines };
}

test('an app that started says so, with its facts', async () => {
  const { lines, host } = await run({ level: 'info' });
  expect(lines).toMatchObject([{ message: 'worker ready', process: 'worker', url: 'http://127.0.0.1:1', slots: 3 }]);
  expect(host.exitCode).toBeUndefined();
});

test('an app says no more than its log level allows', async () => {
  expect((await run({ level: 'warn' })).lines).toEqual([]);
});

test('a signal closes what was started', async () => {
  const { events, closed } = await run({ level: 'info' });
  const exited = once(events, 'exited');
  events.emit('SIGTERM', 'SIGTERM');
  expect(await exited).toEqual([0]);
  expect(closed.times).toBe(1);
});

test.each([
  [0, 'which it waits for', async () => undefined],
  [1, 'also when that fails', () => Promise.reject(new Error('stuck'))],
])('what was started is drained before it is closed, ending with %i: %s', async (status, _name, more) => {
  const timesAtDrain: number[] = [];
  const { events, closed } = await run({
    level: 'error',
    drain: async () => {
      timesAtDrain.push(closed.times);
      await more();
    },
  });
  const exited = once(events, 'exited');
  events.emit('SIGTERM', 'SIGTERM');
  expect(await exited).toEqual([status]);
  expect([timesAtDrain, closed.times]).toEqual([[0], 1]);
});

test('an app that cannot start says why, whatever its log level, and ends with 1', async () => {
  const { lines, host } = await run({ level: 'error', failure: new Error('no database') });
  expect(lines).toMatchObject([{ level: 'error', message: 'worker could not start' }]);
  expect(JSON.stringify(lines)).toContain('no database');
  expect(host.exitCode).toBe(1);
});
