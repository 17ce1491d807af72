import { sql } from 'drizzle-orm';

/** Enough of a step to say in a log which one moved. */
export interface NamedStep {
  readonly id: string;
  readonly taskId: string;
  readonly verb: string;
  readonly nodeName: string | null;
}

/** Columns of a `NamedStep`, of the table `step s`. */
export const namedStep = sql.raw(`s.id, s.task_id as "taskId", s.verb, s.node_name as "nodeName"`);
