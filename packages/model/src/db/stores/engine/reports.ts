import { sql } from 'drizzle-orm';
import type { ErrorClass } from '../../../domain/error-class.js';
import type { StepEnd } from '../../../domain/step.js';
import type { BuildDatum, Focus, ObservedThing, Progress, StatusNote } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { fenceLost, type Settlement, type StepLease } from './intents.js';
import { jsonb, storableText } from '../../jsonb.js';

/** Everything that a call leaves behind besides its move. */
export interface CallRecord {
  readonly notes: readonly StatusNote[];
  readonly buildData: readonly BuildDatum[];
  readonly hasDetailLogs: boolean;
  readonly settlements: readonly Settlement[];
  /** Undefined: leave it as it is. */
  readonly progress: Progress | undefined;
}

export type StepMove =
  /** We stopped the call ourselves: it says nothing about the machine, and somebody else goes on at once. */
  | { readonly kind: 'giveBack' }
  | {
      readonly kind: 'end';
      readonly end: StepEnd;
      readonly errorClass: ErrorClass | null;
      readonly reason: string | null;
      readonly focus: readonly Focus[];
    }
  | { readonly kind: 'wait'; readonly afterSeconds: number | null; readonly observe: ObservedThing | null }
  /** The call could not find out: tried again after a while. */
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly errorClass: ErrorClass; readonly reason: string };

const newStatus = { giveBack: 'admitted', end: 'ended', wait: 'waiting', retry: 'pending' } as const satisfies Record<
  StepMove['kind'],
  string
>;

/**
 * Commits what a call did and where the step goes from here, in one durable statement under the fence.
 * @throws DrydockError `fence_lost`: somebody else has the step; nothing was written
 */
export async function reportStep(db: Database, lease: StepLease, move: StepMove, record: CallRecord): Promise<void> {
  const found = await rows(
    db,
    sql`
    with mine as (
      update step set status = ${newStatus[move.kind]}, moved = true, holder_id = null, updated_at = clock_timestamp(),
        has_detail_logs = has_detail_logs or ${record.hasDetailLogs},
        progress = ${record.progress === undefined ? sql`progress` : jsonb(record.progress)},
        ${columnsOf(move)}
      where id = ${lease.stepId} and fence = ${lease.fence} and status = 'running' returning id, task_id
    ), settled as (
      update intent i set settled_at = clock_timestamp(), found = s.found
      from jsonb_to_recordset(${jsonb(record.settlements)}) as s("intentId" bigint, found text), mine
      where i.id = s."intentId" and i.step_id = mine.id
    ), noted as (
      insert into message (task_id, step_id, text, is_error, context_type, context)
      select mine.task_id, mine.id, n.text, n."isError", n."contextType", n.context
      from mine, jsonb_to_recordset(${jsonb(record.notes)}) as n(
        text text, "isError" boolean, "contextType" text, context text)
    ), stored as (
      insert into build_data (node_name, task_id, step_id, generator, data_format, data_element, collected_at)
      select b."nodeName", mine.task_id, mine.id, b.generator, b."dataFormat", b."dataElement",
        coalesce(b."collectedDate", clock_timestamp())
      from mine, jsonb_to_recordset(${jsonb(record.buildData)}) as b(
        "nodeName" text, generator text, "dataFormat" text, "dataElement" text, "collectedDate" timestamptz)
    )
    select id from mine`,
  );
  if (found.length === 0) throw fenceLost(lease);
}

function columnsOf(move: StepMove) {
  switch (move.kind) {
    case 'giveBack':
      return sql`rang_at = '-infinity'`;
    case 'end':
      return sql`"end" = ${move.end}, error_class = ${move.errorClass}, reason = ${move.reason === null ? null : storableText(move.reason)}, tries = 0,
        focus = ${jsonb(move.focus)}, not_before = null, observe_source = null, observe_key = null,
        observe_seen = null, ended_at = clock_timestamp()`;
    case 'wait':
      return sql`tries = 0, error_class = null, reason = null,
        not_before = clock_timestamp() + make_interval(secs => ${move.afterSeconds}::float8),
        observe_source = ${move.observe?.source ?? null}, observe_key = ${move.observe === null ? null : storableText(move.observe.key)},
        observe_seen = ${move.observe === null ? null : storableText(move.observe.seen)}`;
    case 'retry':
      return sql`tries = tries + 1, error_class = ${move.errorClass}, reason = ${storableText(move.reason)},
        observe_source = null, observe_key = null, observe_seen = null,
        not_before = case when clock_timestamp() < deadline_at
          then least(clock_timestamp() + make_interval(secs => ${move.afterSeconds}::float8), deadline_at)
          else clock_timestamp() + make_interval(secs => ${move.afterSeconds}::float8) end`;
  }
}
