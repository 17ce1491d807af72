import { sql } from 'drizzle-orm';
import type { Need, StepEnd } from '../../../domain/step.js';
import type { Verb } from '../../../domain/verbs.js';
import type { Database } from '../../open-database.js';
import { rows } from '../../rows.js';

/** A step of a task that has ended, as a retry of the task must know it. */
export interface EndedStepRow {
  readonly id: string;
  readonly key: number;
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly needs: readonly Need[];
  readonly join: 'all' | 'any';
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retryFrom: Verb | null;
  readonly deadlineSeconds: number;
  readonly end: StepEnd | null;
  /** A worker claimed it, or the step that it was inherited from. */
  readonly hasBegun: boolean;
  readonly inheritedFrom: string | null;
}

/** Every step of a task, in the order of keys; none when it ended before it had a plan. */
export async function readRetriedSteps(db: Database, taskId: string): Promise<readonly EndedStepRow[]> {
  return await rows<EndedStepRow>(
    db,
    sql`
    select s.id, s.key, s.verb, s.node_name as "nodeName", s.needs, s."join", s.attempt, s.max_attempts as "maxAttempts",
      s.retry_from as "retryFrom", s.deadline_seconds as "deadlineSeconds", s."end",
      coalesce(o.first_claimed_at, s.first_claimed_at) is not null as "hasBegun", s.inherited_from as "inheritedFrom"
    from step s left join step o on o.id = s.inherited_from
    where s.task_id = ${taskId} order by s.key`,
  );
}
