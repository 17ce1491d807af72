import { sql } from 'drizzle-orm';
import type { TaskAction } from '../../../../domain/actions.js';
import type { TaskStatus } from '../../../../domain/task-moves.js';
import type { TaskStand } from '../../../../domain/why/task-stand.js';
import { taskMove } from '../../../guarded-move.js';
import type { Transaction } from '../../../open-database.js';
import { rows } from '../../../rows.js';
import { milliseconds } from './milliseconds.js';

type Row = Omit<TaskStand, 'paused' | 'lanePaused' | 'stopping' | 'running'> & {
  readonly pausedAt: number | null;
  readonly pausedBy: string | null;
  readonly lanePausedAt: number | null;
  readonly lanePausedBy: string | null;
  readonly stoppingSince: number | null;
  readonly stoppedBy: string | null;
  readonly runningId: string | null;
  readonly runningAction: TaskAction | null;
  readonly runningStatus: TaskStatus | null;
  readonly runningSince: number | null;
};

const isAlive = sql.raw('h.expires_at > clock_timestamp()');

/** Where a task stands, with its lane and the living processes, in one statement. Null when nobody has the id. */
export async function readTaskStand(tx: Transaction, taskId: string): Promise<TaskStand | null> {
  const found = await rows<Row>(
    tx,
    sql`
    select t.id, t.action, t.status, t.lane, t.snapshot_hash as "snapshotHash",
      ${milliseconds('t.started_at')} as "startedAt",
      ${milliseconds('t.paused_at')} as "pausedAt", t.paused_by as "pausedBy",
      ${milliseconds('l.paused_at')} as "lanePausedAt", l.paused_by as "lanePausedBy",
      ${milliseconds('t.terminate_requested_at')} as "stoppingSince", t.terminated_by as "stoppedBy",
      exists (select 1 from run n join holder h on h.id = n.holder_id and ${isAlive} where n.task_id = t.id) as "isDriven",
      r.id as "runningId", r.action as "runningAction", r.status as "runningStatus",
      ${milliseconds('r.started_at')} as "runningSince",
      (select count(*)::int from task q where q.lane = t.lane and q.position < t.position
        and q.paused_at is null and ${taskMove('start', 'q').guard}) as ahead,
      (select count(*)::int from holder h where h.process = 'scheduler' and ${isAlive}) as schedulers,
      (select count(*)::int from holder h where h.process = 'worker' and ${isAlive}) as workers,
      (select coalesce(sum(h.slots), 0)::int from holder h where h.process = 'worker' and ${isAlive}) as slots,
      ${milliseconds('clock_timestamp()')} as now
    from task t left join lane l on l.name = t.lane
      left join task r on r.lane = t.lane and r.id <> t.id and ${taskMove('finish', 'r').guard}
    where t.id = ${taskId}`,
  );
  return found[0] ? standOf(found[0]) : null;
}

function standOf(row: Row): TaskStand {
  const { id, action, status, lane, snapshotHash, startedAt, isDriven, ahead, schedulers, workers, slots, now } = row;
  const { runningId, runningAction, runningStatus } = row;
  return {
    ...{ id, action, status, lane, snapshotHash, startedAt, isDriven, ahead, schedulers, workers, slots, now },
    paused: pauseOf(row.pausedAt, row.pausedBy),
    lanePaused: pauseOf(row.lanePausedAt, row.lanePausedBy),
    stopping: pauseOf(row.stoppingSince, row.stoppedBy),
    running:
      runningId === null || runningAction === null || runningStatus === null
        ? null
        : { id: runningId, action: runningAction, status: runningStatus, startedAt: row.runningSince },
  };
}

function pauseOf(since: number | null, by: string | null): TaskStand['paused'] {
  return since === null ? null : { since, by };
}
