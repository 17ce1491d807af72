import { beforeEach, describe, expect, test } from '@jest/globals';
import { GroupCommit } from './group-commit.js';

interface Item {
  readonly key: string;
  readonly bytes?: number;
}

const gone = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

let statements: string[][];
let alone: string[];
/** Statements wait for it. */
let gate: { open(): void; readonly passed: Promise<void> };
let answerOf: (key: string) => string | null;
let failure: Error | null;
let commit: GroupCommit<Item, string>;

function newGate(): typeof gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

beforeEach(() => {
  statements = [];
  alone = [];
  gate = newGate();
  answerOf = (key) => key.toUpperCase();
  failure = null;
  commit = new GroupCommit<Item, string>({
    keyOf: ({ key }) => key,
    bytesOf: ({ bytes }) => bytes ?? 10,
    together: async (items) => {
      statements.push(items.map(({ key }) => key));
      await gate.passed;
      if (failure !== null) throw failure;
      return items.map(({ key }) => answerOf(key));
    },
    alone: async ({ key }) => {
      alone.push(key);
      if (key.startsWith('bad')) throw new Error(`${key} cannot be written`);
      return `${key} alone`;
    },
  });
});

const add = (...keys: readonly string[]) => keys.map((key) => commit.add({ key }));

describe('writes that come at the same time', () => {
  test('are one statement, and each gets its own answer', async () => {
    gate.open();
    expect(await Promise.all(add('a', 'b', 'c'))).toEqual(['A', 'B', 'C']);
    expect(statements).toEqual([['a', 'b', 'c']]);
  });

  test('gather while a statement is under way', async () => {
    const first = add('a');
    await turn();
    const others = add('b', 'c');
    await turn();
    expect(statements).toEqual([['a']]);
    gate.open();
    expect(await Promise.all([...first, ...others])).toEqual(['A', 'B', 'C']);
    expect(statements).toEqual([['a'], ['b', 'c']]);
  });

  test('of one key go one after the other, in their order', async () => {
    gate.open();
    await Promise.all(add('a', 'a', 'b', 'a'));
    expect(statements).toEqual([['a', 'b'], ['a'], ['a']]);
  });

  test('are no more than a hundred, nor more than a mebibyte, in one statement', async () => {
    gate.open();
    await Promise.all(add(...Array.from({ length: 230 }, (_, index) => `k${index}`)));
    expect(statements.map((keys) => keys.length)).toEqual([100, 100, 30]);
    statements = [];
    const sized = (key: string, bytes: number) => commit.add({ key, bytes });
    await Promise.all([sized('a', 900_000), sized('b', 200_000), sized('c', 100_000), sized('d', 9_000_000)]);
    expect(statements).toEqual([['a', 'c'], ['b'], ['d']]);
  });
});

test('a write that nothing came of is done alone, and the others do not wait for it', async () => {
  answerOf = (key) => (key === 'b' ? null : key.toUpperCase());
  gate.open();
  expect(await Promise.all(add('a', 'b', 'c'))).toEqual(['A', 'b alone', 'C']);
  expect(alone).toEqual(['b']);
});

test('an error of the statement finds its owner, and the others are written', async () => {
  failure = new Error('invalid input syntax for type timestamp');
  gate.open();
  const outcomes = await Promise.allSettled(add('a', 'bad', 'c'));
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 'a alone' },
    { status: 'rejected', reason: new Error('bad cannot be written') },
    { status: 'fulfilled', value: 'c alone' },
  ]);
});

test('a database that is not there fails all, and nothing is written twice', async () => {
  failure = gone;
  gate.open();
  const outcomes = await Promise.allSettled(add('a', 'b'));
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as unknown))).toEqual([gone, gone]);
  expect(alone).toEqual([]);
  failure = null;
  expect(await Promise.all(add('c'))).toEqual(['C']);
});
