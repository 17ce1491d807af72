import { sql } from 'drizzle-orm';
import type { TaskAction } from '../../../domain/actions.js';
import type { NodeFilterSet } from '../../../domain/node-filter.js';
import type { RetryScope } from '../../../domain/retry-scope.js';
import type { TaskStatus } from '../../../domain/task-moves.js';
import type { Database, Transaction } from '../../open-database.js';
import { rows } from '../../rows.js';

export interface TaskToDrive {
  readonly id: string;
  readonly action: TaskAction;
  readonly designRef: string;
  /** Set when the reference has user info: use this one. */
  readonly designRefSealed: Buffer | null;
  readonly nodeFilter: NodeFilterSet | null;
  readonly status: TaskStatus;
  readonly snapshotHash: string | null;
  readonly planFormat: number | null;
  /** Of the snapshot that the task is pinned to. */
  readonly snapshotFormat: number | null;
  /** The task that this one retries, and what of it is done again. */
  readonly retryOf: string | null;
  readonly retryScope: RetryScope | null;
  readonly traceParent: string | null;
  readonly stepsTotal: number;
  readonly stepsEnded: number;
}

export async function readTaskToDrive(db: Database | Transaction, taskId: string): Promise<TaskToDrive | null> {
  const found = await rows<TaskToDrive>(
    db,
    sql`select id, action, design_ref as "designRef", design_ref_sealed as "designRefSealed", node_filter as "nodeFilter", status, snapshot_hash as "snapshotHash",
      plan_format as "planFormat", (select s.format from snapshot s where s.hash = task.snapshot_hash) as "snapshotFormat",
      retry_of as "retryOf", retry_scope as "retryScope", trace_parent as "traceParent", steps_total as "stepsTotal", steps_ended as "stepsEnded" from task where id = ${taskId}`,
  );
  return found[0] ?? null;
}
