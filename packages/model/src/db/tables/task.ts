import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { NodeFilterSet } from '../../domain/node-filter.js';
import type { RetryScope } from '../../domain/retry-scope.js';
import type { TaskStatus } from '../../domain/task-moves.js';
import type { TaskAction } from '../../domain/actions.js';
import { bytes, moment } from './columns.js';

export type ResultStatus = 'incomplete' | 'success' | 'partial_success' | 'failure';

/** Who asked, kept with the task (reference 01 §3.2). */
export interface RequestContext {
  readonly requestId: string;
  readonly externalMarker: string;
  readonly endUser: string;
  readonly user: string;
}

/** What a client asked for. */
export const task = pgTable(
  'task',
  {
    id: uuid('id').primaryKey(),
    /** Order of submission; lanes are served by it. */
    position: bigserial('position', { mode: 'number' }).notNull(),
    action: text('action').$type<TaskAction>().notNull(),
    /** Without user info. */
    designRef: text('design_ref').notNull(),
    /** The reference with its user info, sealed like a secret; null when it has none. */
    designRefSealed: bytes('design_ref_sealed'),
    nodeFilter: jsonb('node_filter').$type<NodeFilterSet | null>(),
    lane: text('lane').notNull(),
    status: text('status').$type<TaskStatus>().notNull(),
    resultStatus: text('result_status').$type<ResultStatus>().notNull().default('incomplete'),
    resultMessage: text('result_message'),
    resultReason: text('result_reason'),
    successes: text('successes')
      .array()
      .notNull()
      .default(sql`'{}'`),
    failures: text('failures')
      .array()
      .notNull()
      .default(sql`'{}'`),
    snapshotHash: text('snapshot_hash'),
    planFormat: integer('plan_format'),
    stepsTotal: integer('steps_total').notNull().default(0),
    stepsEnded: integer('steps_ended').notNull().default(0),
    createdAt: moment('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    createdBy: text('created_by').notNull(),
    requestContext: jsonb('request_context').$type<RequestContext>().notNull(),
    updatedAt: moment('updated_at'),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    pausedAt: moment('paused_at'),
    pausedBy: text('paused_by'),
    terminateRequestedAt: moment('terminate_requested_at'),
    terminatedBy: text('terminated_by'),
    /** The task that this one retries. */
    retryOf: uuid('retry_of'),
    /** What of that one is done again; null for a task that retries none. */
    retryScope: jsonb('retry_scope').$type<RetryScope | null>(),
    /** W3C trace context of the request; every span of the task belongs to it, through retries. */
    traceParent: text('trace_parent'),
    idempotencyKey: text('idempotency_key'),
    /** SHA-256 of the request that came with the key. */
    idempotencyHash: text('idempotency_hash'),
    ring: integer('ring').notNull().default(0),
  },
  (table) => [
    uniqueIndex('task_one_running_per_lane')
      .on(table.lane)
      .where(sql`status in ('running', 'terminating')`),
    index('task_queued')
      .on(table.lane, table.position)
      .where(sql`status = 'queued'`),
    uniqueIndex('task_idempotency_key').on(table.idempotencyKey),
    index('task_created').on(table.createdAt),
  ],
);

/** A line of top-level tasks that run one at a time. */
export const lane = pgTable('lane', {
  name: text('name').primaryKey(),
  maxQueued: integer('max_queued').notNull().default(1000),
  pausedAt: moment('paused_at'),
  pausedBy: text('paused_by'),
  createdAt: moment('created_at')
    .notNull()
    .default(sql`clock_timestamp()`),
});

/** The right to drive a lane's task: one row per lane for ever, so that the epoch only grows. */
export const run = pgTable(
  'run',
  {
    lane: text('lane').primaryKey(),
    taskId: uuid('task_id'),
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    holderId: uuid('holder_id'),
    since: moment('since')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [uniqueIndex('run_task').on(table.taskId)],
);

/** A living process. Its expiry is the expiry of everything that it holds. */
export const holder = pgTable('holder', {
  id: uuid('id').primaryKey(),
  process: text('process').$type<'worker' | 'scheduler'>().notNull(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  slots: integer('slots').notNull().default(0),
  isDraining: boolean('is_draining').notNull().default(false),
  startedAt: moment('started_at')
    .notNull()
    .default(sql`clock_timestamp()`),
  expiresAt: moment('expires_at').notNull(),
});

/** A named right that one process has at a time, for instance `observer:maas:default`. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holderId: uuid('holder_id'),
  fence: bigint('fence', { mode: 'number' }).notNull(),
});
