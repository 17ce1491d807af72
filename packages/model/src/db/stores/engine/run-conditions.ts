import { sql } from 'drizzle-orm';
import { compiledDesignFormat } from '../../../design/compiled-design.js';
import { planFormat } from '../../../domain/plan-format.js';
import { taskMove } from '../../guarded-move.js';

/** Of a task `t`: it has begun and is not over. */
export const { guard: isBegun } = taskMove('finish', 't');

/**
 * Of a task `t`: somebody asked to stop it. The task's status is the one place where that stands: a request writes one
 * row, however large the plan is, and no step of it can be missed.
 */
export const isTerminating = sql.raw(`t.status = 'terminating'`);

/** Of a task `t`: it or its lane is paused. */
export const isPaused = sql.raw(
  `(t.paused_at is not null or exists (select 1 from lane l where l.name = t.lane and l.paused_at is not null))`,
);

/** Of a task `t`: its plan and its snapshot are of formats that this version knows. */
export const isKnown = sql`coalesce(t.plan_format, ${sql.raw(String(planFormat))}) = ${sql.raw(String(planFormat))}
  and not exists (
    select 1 from snapshot n where n.hash = t.snapshot_hash and n.format <> ${sql.raw(String(compiledDesignFormat))})`;

/** Of a run `r`: nobody alive drives it. */
export const isDriverless = sql.raw(
  `not exists (select 1 from holder h where h.id = r.holder_id and h.expires_at > clock_timestamp())`,
);
