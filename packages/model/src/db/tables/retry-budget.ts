import { sql } from 'drizzle-orm';
import { doublePrecision, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.js';

/** Tokens from which further tries on one machine are paid, over all tasks: `node:<provisioner>:<name>`, `bmc:<address:port>`. */
export const retryBudget = pgTable('retry_budget', {
  key: text('key').primaryKey(),
  /** Left at `refilledAt`; they come back evenly. */
  tokens: doublePrecision('tokens').notNull(),
  refilledAt: moment('refilled_at')
    .notNull()
    .default(sql`clock_timestamp()`),
});
