import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.js';

/** What the user must read, about a task (no step) or one of its steps. */
export const message = pgTable(
  'message',
  {
    sequence: bigserial('sequence', { mode: 'number' }).primaryKey(),
    taskId: uuid('task_id').notNull(),
    stepId: uuid('step_id'),
    text: text('text').notNull(),
    isError: boolean('is_error').notNull(),
    contextType: text('context_type').notNull(),
    context: text('context').notNull(),
    extra: jsonb('extra').$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    at: moment('at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    index('message_task').on(table.taskId, table.sequence),
    index('message_step').on(table.stepId, table.sequence),
  ],
);

/** What machines said about themselves. */
export const buildData = pgTable(
  'build_data',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    nodeName: text('node_name').notNull(),
    taskId: uuid('task_id').notNull(),
    stepId: uuid('step_id').notNull(),
    generator: text('generator').notNull(),
    dataFormat: text('data_format').notNull(),
    dataElement: text('data_element').notNull(),
    collectedAt: moment('collected_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    index('build_data_node').on(table.nodeName, table.generator, table.collectedAt),
    index('build_data_step').on(table.stepId),
    index('build_data_task').on(table.taskId),
  ],
);
