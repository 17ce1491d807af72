import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ErrorClass } from '../../domain/error-class.js';
import type { StepStatus } from '../../domain/step-moves.js';
import type { Need, StepEnd } from '../../domain/step.js';
import type { Verb } from '../../domain/verbs.js';
import type { Effect } from '../../ports/step-context.js';
import type { Focus, Progress } from '../../ports/step-outcome.js';
import { moment } from './columns.js';

/** All steps of one task with the same verb: the subtask that holds them. Its counters are stored, never scanned. */
export const stage = pgTable(
  'stage',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    verb: text('verb').$type<Verb>().notNull(),
    firstAdmittedAt: moment('first_admitted_at'),
    updatedAt: moment('updated_at'),
    total: integer('total').notNull().default(0),
    admitted: integer('admitted').notNull().default(0),
    succeeded: integer('succeeded').notNull().default(0),
    absent: integer('absent').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    cancelled: integer('cancelled').notNull().default(0),
  },
  (table) => [uniqueIndex('stage_verb').on(table.taskId, table.verb)],
);

/** One verb on one target, one attempt. Ended rows stay. */
export const step = pgTable(
  'step',
  {
    id: uuid('id').primaryKey(),
    taskId: uuid('task_id').notNull(),
    stageId: uuid('stage_id').notNull(),
    key: integer('key').notNull(),
    verb: text('verb').$type<Verb>().notNull(),
    nodeName: text('node_name'),
    needs: jsonb('needs').$type<readonly Need[]>().notNull(),
    join: text('join').$type<'all' | 'any'>().notNull(),
    attempt: integer('attempt').notNull(),
    maxAttempts: integer('max_attempts').notNull(),
    retryFrom: text('retry_from').$type<Verb>(),
    deadlineSeconds: integer('deadline_seconds').notNull(),
    status: text('status').$type<StepStatus>().notNull().default('pending'),
    end: text('end').$type<StepEnd>(),
    /** Grows with each claim; every write of the holder carries it. */
    fence: integer('fence').notNull().default(0),
    holderId: uuid('holder_id'),
    /** Grows with each ring, so that no job id is ever used twice. */
    ring: integer('ring').notNull().default(0),
    rangAt: moment('rang_at'),
    /** Something moved the row that the scheduler has not looked at yet. */
    moved: boolean('moved').notNull().default(false),
    readySince: moment('ready_since'),
    firstAdmittedAt: moment('first_admitted_at'),
    firstClaimedAt: moment('first_claimed_at'),
    claimedAt: moment('claimed_at'),
    deadlineAt: moment('deadline_at'),
    notBefore: moment('not_before'),
    observeSource: text('observe_source'),
    observeKey: text('observe_key'),
    observeSeen: text('observe_seen'),
    progress: jsonb('progress').$type<Progress>(),
    stopping: boolean('stopping').notNull().default(false),
    /** Calls that threw since the last answer. */
    tries: integer('tries').notNull().default(0),
    /** Calls that threw in this attempt: they are paid from the retry budgets of the step, the node and the BMC. */
    triesTotal: integer('tries_total').notNull().default(0),
    /** Of those, the ones that the scheduler has looked at. */
    triesPaid: integer('tries_paid').notNull().default(0),
    /** The retry budget that could not pay for another try, by key or `the step`: the next call is the last. */
    exhaustedBudget: text('exhausted_budget'),
    /** What a call last said of the machine while it waited, and since when it says so. */
    lastState: text('last_state'),
    lastStateSince: moment('last_state_since'),
    lostCount: integer('lost_count').notNull().default(0),
    /** The step of the retried task whose success counts for this one. */
    inheritedFrom: uuid('inherited_from'),
    errorClass: text('error_class').$type<ErrorClass>(),
    reason: text('reason'),
    focus: jsonb('focus').$type<readonly Focus[]>(),
    hasDetailLogs: boolean('has_detail_logs').notNull().default(false),
    updatedAt: moment('updated_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('step_key').on(table.taskId, table.key),
    index('step_stage').on(table.stageId),
    index('step_moved')
      .on(table.taskId)
      .where(sql`moved`),
    index('step_running')
      .on(table.holderId)
      .where(sql`status = 'running'`),
    index('step_admitted')
      .on(table.rangAt)
      .where(sql`status = 'admitted'`),
    index('step_observed')
      .on(table.observeSource, table.observeKey)
      .where(sql`status = 'waiting' and observe_source is not null`),
  ],
);

/** Written before a request that changes a machine; settled when its outcome is known. */
export const intent = pgTable(
  'intent',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    stepId: uuid('step_id').notNull(),
    fence: integer('fence').notNull(),
    effect: jsonb('effect').$type<Effect>().notNull(),
    writtenAt: moment('written_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    settledAt: moment('settled_at'),
    found: text('found').$type<'done' | 'not_done' | 'refused'>(),
  },
  (table) => [
    index('intent_step').on(table.stepId),
    index('intent_open')
      .on(table.stepId)
      .where(sql`settled_at is null`),
  ],
);
