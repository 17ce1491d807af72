import { expect, test } from '@jest/globals';
import { type BenchOptions, readOptions } from './read-options.js';

const defaults: BenchOptions = {
  nodes: 100,
  tasks: 200,
  workers: 2,
  timeScale: 0,
  backend: 'postgres',
  format: 'deckhand',
  kills: 200,
  repeat: 100,
  seed: 1,
};

test('what is not given has its default', () => {
  expect(readOptions([], defaults)).toEqual(defaults);
});

test('what is given is read', () => {
  const words = ['--nodes', '20', '--tasks=5', '--workers', '3', '--time-scale', '1.5', '--backend', 'redis'];
  expect(
    readOptions([...words, '--format', 'native', '--kills', '7', '--repeat', '6', '--seed', '9'], defaults),
  ).toEqual({
    nodes: 20,
    tasks: 5,
    workers: 3,
    timeScale: 1.5,
    backend: 'redis',
    format: 'native',
    kills: 7,
    repeat: 6,
    seed: 9,
  });
});

test.each([
  [['--nodes', '0'], '--nodes must be a whole number from 1 to 20000, not "0"'],
  [['--nodes', '1.5'], '--nodes must be'],
  [['--tasks', 'many'], '--tasks must be'],
  [['--kills', '0'], '--kills must be'],
  [['--repeat', '0'], '--repeat must be'],
  [['--seed', 'x'], '--seed must be'],
  [['--workers', '65'], '--workers must be'],
  [['--time-scale', '-1'], '--time-scale'],
  [['--time-scale', ''], '--time-scale must be a number from 0'],
  [['--backend', 'memory'], '--backend must be redis or postgres, not "memory"'],
  [['--format', 'json'], '--format must be native or deckhand, not "json"'],
  [['--speed', '9'], '--speed'],
  [['deploy'], 'deploy'],
])('%j is refused, and the option named', (words, message) => {
  expect(() => readOptions(words, defaults)).toThrow(message);
});
