import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { BootActionStatus } from '../../domain/boot-action-status.js';
import { bytes, moment } from './columns.js';

/** The deployment of one node that its boot actions belong to: reports of earlier ones count for nothing (02 §7.11). */
export const bootActionContext = pgTable(
  'boot_action_context',
  {
    /** The `deploy_node` step. */
    stepId: uuid('step_id').primaryKey(),
    taskId: uuid('task_id').notNull(),
    nodeName: text('node_name').notNull(),
    /** SHA-256 of the node's key; the key itself is never stored in clear. */
    identityKeyHash: bytes('identity_key_hash').notNull(),
    /** The key, sealed, until it has been handed to the machine. */
    identityKeySealed: bytes('identity_key_sealed'),
    createdAt: moment('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    index('boot_action_context_node').on(table.nodeName, table.createdAt),
    index('boot_action_context_task').on(table.taskId),
  ],
);

/** One boot action of one deployment of one node, and what the machine reported of it. */
export const bootAction = pgTable(
  'boot_action',
  {
    /** 26 characters, Crockford base 32 (ULID), upper case. */
    actionId: text('action_id').primaryKey(),
    /** The `deploy_node` step: with it, and not with the node, the row lives. */
    stepId: uuid('step_id').notNull(),
    name: text('name').notNull(),
    ordinal: integer('ordinal').notNull(),
    status: text('status').$type<BootActionStatus>().notNull(),
    reportedAt: moment('reported_at'),
  },
  (table) => [uniqueIndex('boot_action_name').on(table.stepId, table.name)],
);
