import { expect, test } from '@jest/globals';
import { statusesBefore } from './statuses-before.js';
import { type StepEvent, stepMoves } from './step-moves.js';
import { type TaskEvent, taskMoves } from './task-moves.js';

test.each<[StepEvent, readonly string[]]>([
  ['admit', ['pending']],
  ['skip', ['pending']],
  ['cancel', ['pending', 'admitted', 'waiting']],
  ['overdue', ['pending', 'admitted', 'running']],
  ['claim', ['admitted']],
  ['end', ['running']],
  ['wait', ['running']],
  ['retry', ['running']],
  ['lose', ['running']],
  ['due', ['waiting']],
])('a step may %s when it is one of %j', (event, statuses) => {
  expect(statusesBefore(stepMoves, event)).toEqual(statuses);
});

test.each<[TaskEvent, readonly string[]]>([
  ['enqueue', ['requested']],
  ['start', ['queued']],
  ['finish', ['running', 'terminating']],
  ['terminate', ['requested', 'queued', 'running']],
])('a task may %s when it is one of %j', (event, statuses) => {
  expect(statusesBefore(taskMoves, event)).toEqual(statuses);
});

test('an event that the table does not have moves nothing', () => {
  expect(statusesBefore(stepMoves, 'explode')).toEqual([]);
});
