import { sql, type SQL } from 'drizzle-orm';
import { statusAfter } from '../domain/status-after.js';
import { statusesBefore } from '../domain/statuses-before.js';
import { type StepEvent, stepMoves } from '../domain/step-moves.js';
import { type TaskEvent, taskMoves } from '../domain/task-moves.js';

/** The two halves of the one guarded write by which an event moves a row: `set status = ${to} … where ${guard}`. */
export interface GuardedMove {
  /** True for rows that the event may move. */
  readonly guard: SQL;
  /** The status that it moves them to. */
  readonly to: SQL;
}

/** @param row name or alias of the step's table in the statement */
export function stepMove(event: StepEvent, row = 'step'): GuardedMove {
  return guardedMove(stepMoves, event, row);
}

/** @param row name or alias of the task's table in the statement */
export function taskMove(event: TaskEvent, row = 'task'): GuardedMove {
  return guardedMove(taskMoves, event, row);
}

type Moves = typeof stepMoves | typeof taskMoves;

/** Literals, not parameters: a partial index on a status serves a guard only when the planner sees the same text. */
function guardedMove(moves: Moves, event: string, row: string): GuardedMove {
  const before = statusesBefore(moves, event);
  const after = statusAfter(moves, event);
  const list = before.map(literal).join(', ');
  const guard = before.length === 1 ? `${row}.status = ${list}` : `${row}.status in (${list})`;
  const cases = Object.entries(after).map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
  const [only = '', ...others] = new Set(Object.values(after));
  const to = others.length === 0 ? literal(only) : `case ${row}.status ${cases.join(' ')} end`;
  return { guard: sql.raw(guard), to: sql.raw(to) };
}

function literal(status: string): string {
  return `'${status}'`;
}
