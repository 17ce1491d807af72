import { sql } from 'drizzle-orm';
import type { BuildDatum, Progress, StatusNote } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { fenceLost, type PreparedWrite, type Settlement, type StepLease } from './intents.js';
import { reportedColumns, reportedGuard, reportedStatus } from './reported-columns.js';
import { idsOf, lockRows, type RowLock } from './row-lock.js';
import type { StepMove } from './step-move.js';
import { checkProgress } from '../../check-progress.js';
import { jsonbRows } from '../../jsonb.js';

/** Everything that a call leaves behind besides its move. */
export interface CallRecord {
  readonly notes: readonly StatusNote[];
  readonly buildData: readonly BuildDatum[];
  readonly hasDetailLogs: boolean;
  readonly settlements: readonly Settlement[];
  /** Undefined: leave it as it is. */
  readonly progress: Progress | undefined;
}

/** @throws DrydockError `driver_fault` for progress that cannot be kept */
export function prepareReport(lease: StepLease, move: StepMove, record: CallRecord): PreparedWrite {
  checkProgress(record.progress);
  const { kind, ...facts } = move;
  return { lease, row: JSON.stringify({ id: lease.stepId, fence: lease.fence, kind, facts, ...record }) };
}

/**
 * Commits what calls did and where their steps go from here, each under its own fence, in one durable statement.
 * @param writes at most one per step
 * @returns the steps that were moved; one whose fence was lost, or whose row was passed by, is not in it
 */
export async function writeReports(
  db: Database,
  writes: readonly PreparedWrite[],
  lock: RowLock,
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`
    with wanted as (
      select r.*, f.* from jsonb_to_recordset(${jsonbRows(writes.map(({ row }) => row))}) as r(
        id uuid, fence int, kind text, facts jsonb, notes jsonb, "buildData" jsonb, "hasDetailLogs" boolean,
        settlements jsonb, progress jsonb), jsonb_to_record(r.facts) as f(
        "end" text, "errorClass" text, reason text, focus jsonb, "afterSeconds" float8, observe jsonb, state text)
    ), locked as (
      select s.id from step s where s.id = any(${idsOf(writes.map(({ lease }) => lease.stepId))}) order by s.id ${lockRows[lock]}
    ), mine as (
      update step s set status = ${reportedStatus}, moved = true, holder_id = null, updated_at = clock_timestamp(),
        has_detail_logs = s.has_detail_logs or w."hasDetailLogs", progress = coalesce(w.progress, s.progress),
        ${reportedColumns}
      from locked l join wanted w on w.id = l.id
      where s.id = l.id and s.fence = w.fence and ${reportedGuard}
      returning s.id, s.task_id, w.settlements, w.notes, w."buildData"
    ), settled as (
      update intent i set settled_at = clock_timestamp(), found = x.found
      from mine, jsonb_to_recordset(mine.settlements) as x("intentId" bigint, found text)
      where i.id = x."intentId" and i.step_id = mine.id
    ), noted as (
      insert into message (task_id, step_id, text, is_error, context_type, context)
      select mine.task_id, mine.id, n.text, n."isError", n."contextType", n.context
      from mine, rows from (jsonb_to_recordset(mine.notes) as (
        text text, "isError" boolean, "contextType" text, context text)) with ordinality as n(
        text, "isError", "contextType", context, at)
      order by mine.id, n.at
    ), stored as (
      insert into build_data (node_name, task_id, step_id, generator, data_format, data_element, collected_at)
      select b."nodeName", mine.task_id, mine.id, b.generator, b."dataFormat", b."dataElement",
        coalesce(b."collectedDate", clock_timestamp())
      from mine, jsonb_to_recordset(mine."buildData") as b(
        "nodeName" text, generator text, "dataFormat" text, "dataElement" text, "collectedDate" timestamptz)
    )
    select id from mine`,
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * Commits what a call did and where the step goes from here, in one durable statement under the fence.
 * @throws DrydockError `fence_lost`: somebody else has the step; `driver_fault`: progress that cannot be kept. Nothing
 * was written
 */
export async function reportStep(db: Database, lease: StepLease, move: StepMove, record: CallRecord): Promise<void> {
  await writeReportAlone(db, prepareReport(lease, move, record));
}

/** As `reportStep`. */
export async function writeReportAlone(db: Database, write: PreparedWrite): Promise<void> {
  const moved = await writeReports(db, [write], 'wait');
  if (!moved.has(write.lease.stepId)) throw fenceLost(write.lease);
}
