import { sql, type SQL } from 'drizzle-orm';
import type { ErrorClass } from '../../../domain/error-class.js';
import type { StepEvent } from '../../../domain/step-moves.js';
import type { StepEnd } from '../../../domain/step.js';
import type { BuildDatum, Focus, ObservedThing, Progress, StatusNote } from '../../../ports/step-outcome.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';
import { fenceLost, type Settlement, type StepLease } from './intents.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb, storableText } from '../../jsonb.js';
import { progressColumn } from '../../progress-json.js';

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
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly errorClass: ErrorClass; readonly reason: string }
  /** Something stored is of a newer version: this process may not judge it, and time that nobody could use does not count. */
  | { readonly kind: 'leave'; readonly afterSeconds: number; readonly reason: string };

/**
 * Commits what a call did and where the step goes from here, in one durable statement under the fence.
 * @throws DrydockError `fence_lost`: somebody else has the step; `driver_fault`: progress that cannot be kept. Nothing
 * was written
 */
export async function reportStep(db: Database, lease: StepLease, move: StepMove, record: CallRecord): Promise<void> {
  const { to, guard } = movesOf[move.kind];
  const found = await rows(
    db,
    sql`
    with mine as (
      update step set status = ${to}, moved = true, holder_id = null, updated_at = clock_timestamp(),
        has_detail_logs = has_detail_logs or ${record.hasDetailLogs},
        progress = ${progressColumn(record.progress)},
        ${columnsOf(move)}
      where id = ${lease.stepId} and fence = ${lease.fence} and ${guard} returning id, task_id
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

type Kind = StepMove['kind'];
type MoveOf<K extends Kind> = Extract<StepMove, { kind: K }>;

const events = {
  giveBack: 'lose',
  end: 'end',
  wait: 'wait',
  retry: 'retry',
  leave: 'retry',
} as const satisfies Record<Kind, StepEvent>;

const movesOf = Object.fromEntries(Object.entries(events).map(([kind, event]) => [kind, stepMove(event)])) as Readonly<
  Record<Kind, ReturnType<typeof stepMove>>
>;

const observesNothing = sql`observe_source = null, observe_key = null, observe_seen = null`;

/** What a move writes besides the status. */
const columnsByKind: { readonly [K in Kind]: (move: MoveOf<K>) => SQL } = {
  giveBack: () => sql`rang_at = '-infinity'`,
  end: ({ end, errorClass, reason, focus }) =>
    sql`"end" = ${end}, error_class = ${errorClass}, reason = ${storableOrNull(reason)}, tries = 0,
      focus = ${jsonb(focus)}, not_before = null, ${observesNothing}, ended_at = clock_timestamp()`,
  wait: ({ afterSeconds, observe }) =>
    sql`tries = 0, error_class = null, reason = null,
      not_before = clock_timestamp() + make_interval(secs => ${afterSeconds}::float8),
      observe_source = ${observe?.source ?? null}, observe_key = ${storableOrNull(observe?.key)},
      observe_seen = ${storableOrNull(observe?.seen)}`,
  retry: ({ afterSeconds, errorClass, reason }) =>
    sql`tries = tries + 1, error_class = ${errorClass}, reason = ${storableText(reason)}, ${observesNothing},
      not_before = case when clock_timestamp() < deadline_at
        then least(clock_timestamp() + make_interval(secs => ${afterSeconds}::float8), deadline_at)
        else clock_timestamp() + make_interval(secs => ${afterSeconds}::float8) end`,
  leave: ({ afterSeconds, reason }) =>
    sql`tries = greatest(tries, 1), reason = ${storableText(reason)}, ${observesNothing}, deadline_at = null,
      not_before = clock_timestamp() + make_interval(secs => ${afterSeconds}::float8)`,
};

function columnsOf<K extends Kind>(move: MoveOf<K>): SQL {
  return (columnsByKind[move.kind] as (move: MoveOf<K>) => SQL)(move);
}

function storableOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storableText(text);
}
