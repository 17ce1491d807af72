import { expect, test } from '@jest/globals';
import { statusAfter } from './status-after.js';
import { stepMoves } from './step-moves.js';
import { taskMoves } from './task-moves.js';

test.each([
  [taskMoves, 'finish', { running: 'complete', terminating: 'terminated' }],
  [taskMoves, 'terminate', { requested: 'terminated', queued: 'terminated', running: 'terminating' }],
  [stepMoves, 'claim', { admitted: 'running' }],
  [stepMoves, 'overdue', { pending: 'ended', admitted: 'ended', running: 'ended' }],
  [stepMoves, 'explode', {}],
] as const)('of %j the event %s leads to %j', (moves, event, after) => {
  expect(statusAfter(moves, event)).toEqual(after);
});
