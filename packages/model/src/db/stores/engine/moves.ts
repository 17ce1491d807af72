import { sql, type SQL } from 'drizzle-orm';
import type { ErrorClass } from '../../../domain/error-class.js';
import type { StepStatus } from '../../../domain/step-moves.js';
import type { StepEnd } from '../../../domain/step.js';
import type { Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';
import { stepMove } from '../../guarded-move.js';

/** A step as the scheduler must know it after somebody else moved it. Moments in milliseconds since 1970. */
export interface MovedStep {
  readonly id: string;
  readonly key: number;
  readonly status: StepStatus;
  readonly end: StepEnd | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string | null;
  /** Not pending or waiting before this; null: now, or until observed. */
  readonly notBeforeMs: number | null;
  /** Calls that threw in this attempt. */
  readonly triesTotal: number;
  /** Of those, the ones that no scheduler had looked at before. */
  readonly unpaidTries: number;
  /** When the clock wakes it if it waits; null: only an observer does. */
  readonly wakeMs: number | null;
  /** A worker has claimed it: a pause does not hold it up. */
  readonly hasBegun: boolean;
  /** Kept in a task that was terminated, to settle what is open. */
  readonly stopping: boolean;
}

/**
 * When a waiting step comes due: when it asked to, and once at its deadline, so that its last call can end it with what it
 * finds. A step that was last claimed at or after the deadline has had that call: only an unsettled effect keeps it, and
 * it is looked at when it asked to be. A claim before the deadline with a report after it comes due at once.
 */
const dueAt = `least(not_before, case when claimed_at < deadline_at then deadline_at end)`;

/** Columns of a `MovedStep`, of the table `step`. */
export const moved = movedColumns('0');

function movedColumns(unpaidTries: string): SQL {
  return sql.raw(`id, key, status, "end", error_class as "errorClass", reason, stopping,
  first_claimed_at is not null as "hasBegun", tries_total as "triesTotal", ${unpaidTries} as "unpaidTries",
  (extract(epoch from not_before) * 1000)::float8 as "notBeforeMs",
  (extract(epoch from ${dueAt}) * 1000)::float8 as "wakeMs"`);
}

const due = stepMove('due');

/**
 * Takes up to `limit` moves that nobody has looked at; the rows are free again when the transaction ends. Whoever takes a
 * retry pays for it, once: its tries count as looked at from then on.
 */
export async function takeMoves(tx: Transaction, taskId: string, limit: number): Promise<readonly MovedStep[]> {
  return await rows<MovedStep>(
    tx,
    sql`with taken as (
        select id as taken_id, tries_total - tries_paid as unpaid from step where task_id = ${taskId} and moved
        order by id limit ${limit} for update skip locked)
      update step set moved = false, tries_paid = tries_total from taken where id = taken_id
      returning ${movedColumns('unpaid')}`,
  );
}

/** Waiting steps whose time has come are pending again: admitted, then rung, like any other. */
export async function wakeDueSteps(tx: Transaction, taskId: string): Promise<readonly MovedStep[]> {
  return await rows<MovedStep>(
    tx,
    sql`update step set status = ${due.to}, not_before = null, updated_at = clock_timestamp()
      where id in (select id from step where task_id = ${taskId} and ${due.guard}
        and ${sql.raw(dueAt)} <= clock_timestamp()
        order by id for update skip locked)
      returning ${moved}`,
  );
}

/** A step of the task, to rebuild the plan in memory. */
export interface StoredStep extends MovedStep {
  /** Nobody has looked at its last move: memory must show it as it was before, so that the move is still applied. */
  readonly moved: boolean;
  readonly verb: string;
  readonly nodeName: string | null;
  readonly needs: unknown;
  readonly join: 'all' | 'any';
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retryFrom: string | null;
  readonly deadlineSeconds: number;
  readonly readySinceMs: number | null;
}

/** Every step. Moves that nobody has looked at stay marked: they are taken like any other afterwards. */
export async function readAllSteps(tx: Transaction, taskId: string): Promise<readonly StoredStep[]> {
  return await rows<StoredStep>(
    tx,
    sql`select ${moved}, moved, verb, node_name as "nodeName", needs, "join", attempt, max_attempts as "maxAttempts",
        retry_from as "retryFrom", deadline_seconds as "deadlineSeconds",
        (extract(epoch from ready_since) * 1000)::float8 as "readySinceMs"
      from step where task_id = ${taskId} order by key`,
  );
}
