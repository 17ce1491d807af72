import { expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { Secret } from '../secret.js';
import { createLogger, type LoggerOptions } from './create-logger.js';
import type { Log } from './log.js';

function record(write: (log: Log) => void, options: LoggerOptions = {}): Record<string, unknown>[] {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLogger({ ...options, stream }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('an event is one line of JSON with its facts in fields', () => {
  const [event] = record((log) => log.info('step ended', { verb: 'deploy_node', durationMs: 12 }));
  expect(event).toEqual({
    level: 'info',
    message: 'step ended',
    verb: 'deploy_node',
    durationMs: 12,
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('a child adds its fields to those of its parent', () => {
  const [event] = record((log) => log.child({ taskId: 't' }).child({ nodeName: 'n' }).warn('step lost'), {
    fields: { service: 'worker' },
  });
  expect(event).toMatchObject({ service: 'worker', taskId: 't', nodeName: 'n', level: 'warn', message: 'step lost' });
});

test('fields cannot replace the message or the level', () => {
  const [event] = record((log) => log.info('task started', { message: 'other', level: 'error' }));
  expect(event).toMatchObject({ message: 'task started', level: 'info' });
});

test('events below the level are dropped', () => {
  expect(record((log) => log.info('step ended'), { level: 'warn' })).toEqual([]);
});

test('secrets are redacted wherever they stand', () => {
  const password = new Secret('hunter2');
  const events = record((log) => log.info('connected', { password, nested: { list: [password] } }));
  expect(JSON.stringify(events)).not.toContain('hunter2');
  expect(events[0]).toMatchObject({ password: '[redacted]', nested: { list: ['[redacted]'] } });
});

test('passwords of URLs are cut out of texts and errors', () => {
  const error = new Error('cannot reach postgresql://drydock:hunter2@db:5432/x', {
    cause: new Error('redis://:hunter2@cache:6379 refused'),
  });
  const events = record((log) => log.error('start failed', { error, url: 'http://me:hunter2@host/' }));
  expect(JSON.stringify(events)).not.toContain('hunter2');
  expect(events[0]).toMatchObject({
    url: 'http://me:[redacted]@host/',
    error: { message: 'cannot reach postgresql://drydock:[redacted]@db:5432/x', cause: { name: 'Error' } },
  });
});

test('a secret shows itself to nobody who does not ask', () => {
  const secret = new Secret('hunter2');
  expect([String(secret), JSON.stringify(secret), inspect({ secret }), inspect(secret)].join(' ')).not.toContain(
    'hunter2',
  );
  expect(secret.reveal()).toBe('hunter2');
});
