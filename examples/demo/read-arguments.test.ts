import { expect, test } from '@jest/globals';
import { readArguments, usage } from './read-arguments.js';

test.each([
  [[], { kind: 'run', isKept: false }],
  [['--keep'], { kind: 'run', isKept: true }],
  [['--help'], { kind: 'help' }],
  [['-h'], { kind: 'help' }],
  [['--keep', '--help'], { kind: 'help' }],
])('the arguments %j are understood', (given, wish) => {
  expect(readArguments(given)).toEqual(wish);
});

test.each([['--kept'], ['now'], ['--keep=yes']])('%s is refused by its name', (given) => {
  expect(readArguments([given])).toEqual({
    kind: 'wrong',
    problem: expect.stringContaining(given.replace('=yes', '')),
  });
});

test('the usage names every option', () => {
  for (const option of ['--keep', '--help']) expect(usage).toContain(option);
});
