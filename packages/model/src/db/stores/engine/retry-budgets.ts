import { sql } from 'drizzle-orm';
import type { BudgetState } from '../../../domain/retry-budgets.js';
import { stepMove } from '../../guarded-move.js';
import { jsonb } from '../../jsonb.js';
import type { Database, Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';

/** The budgets that have a row; one without a row is full. Only under the admission lock. */
export async function readBudgets(tx: Transaction, keys: readonly string[]): Promise<readonly BudgetState[]> {
  return await rows<BudgetState>(
    tx,
    sql`select key, tokens, (extract(epoch from refilled_at) * 1000)::float8 as "refilledAt"
      from retry_budget where key = any(${sql.param([...keys])}::text[])`,
  );
}

/** Only under the admission lock, by which no two writers meet. */
export async function writeBudgets(tx: Transaction, spent: readonly BudgetState[]): Promise<void> {
  await tx.execute(sql`
    insert into retry_budget (key, tokens, refilled_at)
    select b.key, b.tokens, to_timestamp(b."refilledAt" / 1000)
    from jsonb_to_recordset(${jsonb(spent)}) as b(key text, tokens float8, "refilledAt" float8) order by b.key
    on conflict (key) do update set tokens = excluded.tokens, refilled_at = excluded.refilled_at`);
}

/** A step that may not be tried again, and the budget that cannot pay for it. */
export interface ExhaustedStep {
  readonly id: string;
  readonly budget: string;
}

const { guard: isPending } = stepMove('admit', 's');

/**
 * Makes the next call of pending steps their last: their deadline is now, and they are due at once. One whose deadline has
 * passed is left alone: its last call is on its way, or an effect of it must be settled first.
 * @returns those that are due now
 */
export async function exhaustSteps(tx: Transaction, exhausted: readonly ExhaustedStep[]): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`
    update step s set exhausted_budget = e.budget, deadline_at = clock_timestamp(), not_before = null,
      updated_at = clock_timestamp()
    from jsonb_to_recordset(${jsonb(exhausted)}) as e(id uuid, budget text)
    where s.id = e.id and ${isPending} and s.deadline_at > clock_timestamp()
    returning s.id`,
  );
  return found.map(({ id }) => id);
}

/** Long enough to be full again, whatever the configuration says. */
const budgetDays = 30;

/** Forgets budgets on which nobody has drawn for a month. @returns how many */
export async function purgeBudgets(db: Database): Promise<number> {
  const gone = await rows(
    db,
    sql`delete from retry_budget where refilled_at < clock_timestamp() - make_interval(days => ${budgetDays}) returning key`,
  );
  return gone.length;
}
