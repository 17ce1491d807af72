import { sql } from 'drizzle-orm';
import { bigserial, boolean, doublePrecision, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { GroupScope } from '../../domain/groups/group.js';
import { moment } from './columns.js';

/** A name with a limit. Only schedulers write here, under one advisory lock. */
export const concurrencyGroup = pgTable('concurrency_group', {
  key: text('key').primaryKey(),
  scope: text('scope').$type<GroupScope>().notNull(),
  limit: integer('limit').notNull(),
  held: integer('held').notNull().default(0),
  /** Least time between two admissions. */
  spacingMilliseconds: integer('spacing_milliseconds').notNull().default(0),
  /** Admissions a minute; 0: no ramp. */
  rampPerMinute: integer('ramp_per_minute').notNull().default(0),
  rampTokens: doublePrecision('ramp_tokens').notNull().default(0),
  lastAdmittedAt: moment('last_admitted_at'),
  /** A breaker keeps the group shut until then. */
  closedUntil: moment('closed_until'),
  /** Ready since when the step is that has waited too long for room here: whoever comes after it in order stays out. */
  doorSince: moment('door_since'),
  /** That step holds places elsewhere: it comes before all that hold nothing. */
  doorIsHolding: boolean('door_is_holding').notNull().default(false),
  /** When that step was last seen waiting. */
  doorSeenAt: moment('door_seen_at'),
});

/** Who has room where. */
export const place = pgTable(
  'place',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    groupKey: text('group_key').notNull(),
    scope: text('scope').$type<GroupScope>().notNull(),
    taskId: uuid('task_id').notNull(),
    /** Null for scope `task`. */
    stepId: uuid('step_id'),
    /** Set for scope `task`. */
    nodeName: text('node_name'),
    weight: integer('weight').notNull().default(1),
    since: moment('since')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    index('place_task').on(table.taskId),
    index('place_step').on(table.stepId),
    index('place_group').on(table.groupKey),
  ],
);
