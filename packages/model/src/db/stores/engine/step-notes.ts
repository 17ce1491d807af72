import { sql } from 'drizzle-orm';
import type { StatusNote } from '../../../ports/step-outcome.js';
import { jsonb } from '../../jsonb.js';
import type { Transaction } from '../../open-database.js';

/** What the scheduler has to say about a step. */
export interface StepNote extends StatusNote {
  readonly stepId: string;
}

/** Messages of steps, beside those that come with a worker's report. */
export async function noteSteps(tx: Transaction, taskId: string, notes: readonly StepNote[]): Promise<void> {
  await tx.execute(sql`
    insert into message (task_id, step_id, text, is_error, context_type, context)
    select ${taskId}, n."stepId", n.text, n."isError", n."contextType", n.context
    from jsonb_to_recordset(${jsonb(notes)}) as n(
      "stepId" uuid, text text, "isError" boolean, "contextType" text, context text)`);
}
