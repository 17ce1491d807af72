import { type OpenDatabase, rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';

export interface SeenStep {
  readonly node: string | null;
  readonly verb: string;
  readonly attempt: number;
  readonly end: string | null;
  readonly claimedAt: number | null;
  readonly endedAt: number | null;
}

/** The steps of a task in plan order; moments in milliseconds since 1970. */
export async function stepsOf({ db }: OpenDatabase, taskId: string): Promise<readonly SeenStep[]> {
  return await rows<SeenStep>(
    db,
    sql`select node_name as node, verb, attempt, "end", (extract(epoch from first_claimed_at) * 1000)::float8 as "claimedAt",
        (extract(epoch from ended_at) * 1000)::float8 as "endedAt"
      from step where task_id = ${taskId} order by key`,
  );
}

/** `verb end` of the steps that somebody executed, in plan order. */
export async function executed(
  database: OpenDatabase,
  taskId: string,
  node: string | null,
): Promise<readonly string[]> {
  const steps = await stepsOf(database, taskId);
  return steps
    .filter((step) => step.node === node && step.claimedAt !== null)
    .map(({ verb, attempt, end }) => `${verb}${attempt > 0 ? `#${attempt}` : ''} ${end}`);
}

export interface SeenMessage {
  readonly text: string;
  readonly isError: boolean;
}

export async function messagesOf({ db }: OpenDatabase, taskId: string): Promise<readonly SeenMessage[]> {
  return await rows<SeenMessage>(
    db,
    sql`select text, is_error as "isError" from message where task_id = ${taskId} order by sequence`,
  );
}
