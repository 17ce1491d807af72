import { expect, test } from '@jest/globals';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { type GuardedMove, stepMove, taskMove } from './guarded-move.js';

const dialect = new PgDialect();
const text = (part: SQL): string => dialect.sqlToQuery(part).sql;

test.each<[string, GuardedMove, string, string]>([
  ['one status, by the table itself', stepMove('claim'), `step.status = 'admitted'`, `'running'`],
  ['one status, by an alias', stepMove('end', 's'), `s.status = 'running'`, `'ended'`],
  [
    'several statuses that lead to one',
    stepMove('overdue', 'o'),
    `o.status in ('pending', 'admitted', 'running')`,
    `'ended'`,
  ],
  [
    'several statuses that lead to several',
    taskMove('finish'),
    `task.status in ('running', 'terminating')`,
    `case task.status when 'running' then 'complete' when 'terminating' then 'terminated' end`,
  ],
])('a move is guarded by the table of moves: %s', (_name, move, guard, to) => {
  expect([text(move.guard), text(move.to)]).toEqual([guard, to]);
});

test('a guard has no parameters, so that a partial index serves it', () => {
  expect(dialect.sqlToQuery(stepMove('claim').guard).params).toEqual([]);
});
