import {
  DrydockError,
  type NodeFilterSet,
  type RetryScope,
  type TaskAction,
  type TaskStatus,
  traceParentOfRetry,
  traceParentOfTask,
} from '@drydock/model';
import { acceptTask, type AcceptTaskPorts, type SubmittedTask } from './accept-task.js';
import { checkRetryScope, type RetryScopeRequest } from './check-retry-scope.js';
import { hashRequest } from './hash-request.js';
import type { AcceptedRetry, Requester } from './task-intake.js';

/** As it came from the client; the scope is unchecked. */
export interface RetryRequest extends RetryScopeRequest {
  readonly taskId: string;
  readonly idempotencyKey: string | null;
  /** The header of this name; counts only when the earlier task has no trace. */
  readonly traceParent: string | null;
  readonly requester: Requester;
}

/** What must be known of a task to retry it. */
export interface RetriedTask {
  readonly id: string;
  readonly action: TaskAction;
  readonly designRef: string;
  readonly designRefSealed: Buffer | null;
  readonly nodeFilter: NodeFilterSet | null;
  readonly status: TaskStatus;
  readonly resultStatus: 'incomplete' | 'success' | 'partial_success' | 'failure';
  readonly snapshotHash: string | null;
  readonly traceParent: string | null;
  /** False: it ended before it had steps. */
  readonly hasPlan: boolean;
  /** Set when it is a retry itself. */
  readonly retryOf: string | null;
  readonly retryScope: RetryScope | null;
}

/** Port: tasks that may be retried, and what belongs to them. */
export interface RetriedTasks {
  find(taskId: string): Promise<RetriedTask | null>;
  /** Of these names, the ones that no step of the task is about. */
  unknownNodes(taskId: string, names: readonly string[]): Promise<readonly string[]>;
  /** Whether the step was ever admitted in the task, or in the one from which the task inherited it. */
  hasStep(taskId: string, stepId: string): Promise<boolean>;
}

export interface RetryTaskPorts<Stored> extends AcceptTaskPorts<Stored, AcceptedRetry> {
  readonly retried: RetriedTasks;
}

/**
 * Accepts a task that does again what did not succeed, or what the scope names, of one that has ended: same action,
 * design reference, node filter and snapshot. One that ended before it had a plan is done again as a whole, with its
 * design read anew; if it was a retry itself, as that retry.
 * @throws DrydockError `invalid_request`, `not_found`, `conflict`, `too_many_tasks`; nothing is stored then
 */
export async function retryTask<Stored>(
  ports: RetryTaskPorts<Stored>,
  request: RetryRequest,
): Promise<SubmittedTask<Stored>> {
  const scope = checkRetryScope(request);
  const retried = await ports.retried.find(request.taskId);
  if (!retried) throw new DrydockError('not_found', `Task ${request.taskId} does not exist`);
  await checkScope(ports.retried, retried, scope);
  const user = request.requester.user;
  const { action, designRef, designRefSealed, nodeFilter } = retried;
  const id = ports.newId();
  return await acceptTask(ports, {
    ...{ action, designRef, designRefSealed, nodeFilter },
    id,
    traceParent: traceParentOfRetry(retried) ?? traceParentOfTask(id, request.traceParent, ports.newTraceId),
    lane: ports.chooseLane(retried),
    createdBy: user,
    requestContext: request.requester,
    idempotencyKey: request.idempotencyKey,
    idempotencyHash: request.idempotencyKey === null ? null : hashRequest({ retryOf: retried.id, scope, user }),
    retry: originOf(retried, scope),
  });
}

/** A retry that ended before it had steps has none to inherit from: what it was to do is done from where it would have been. */
function originOf(retried: RetriedTask, scope: RetryScope): AcceptedRetry['retry'] {
  const { id, hasPlan, snapshotHash, retryOf, retryScope } = retried;
  if (hasPlan) return { retryOf: id, retryScope: scope, snapshotHash };
  if (retryOf !== null && retryScope !== null) return { retryOf, retryScope, snapshotHash };
  return { retryOf: id, retryScope: scope, snapshotHash: null };
}

async function checkScope(tasks: RetriedTasks, retried: RetriedTask, scope: RetryScope): Promise<void> {
  const { id, status, hasPlan } = retried;
  if (status !== 'complete' && status !== 'terminated') {
    throw new DrydockError(
      'conflict',
      `task ${id} is ${status}; wait until it has ended, or terminate it, to retry it`,
    );
  }
  if (!hasPlan && scope.kind !== 'failed') {
    throw new DrydockError(
      'conflict',
      `task ${id} ended before it had steps: nothing of it can be inherited; retry it with the scope failed`,
    );
  }
  if (scope.kind === 'failed' && retried.resultStatus === 'success') {
    throw new DrydockError(
      'conflict',
      `nothing of task ${id} failed; name nodes or a step (scope node or step) to do them again all the same`,
    );
  }
  if (scope.kind === 'node') requireNone(await tasks.unknownNodes(id, scope.nodeNames), id);
  if (scope.kind === 'step' && !(await tasks.hasStep(id, scope.stepId))) {
    throw new DrydockError('not_found', `Task ${id} has no subtask ${scope.stepId} that stands for a single step`);
  }
}

const shownNames = 10;

function requireNone(unknown: readonly string[], taskId: string): void {
  if (unknown.length === 0) return;
  const more = unknown.length > shownNames ? ` and ${unknown.length - shownNames} more` : '';
  const names = unknown.slice(0, shownNames).join(', ');
  throw new DrydockError('not_found', `Task ${taskId} has no steps for ${names}${more}; check node_names`);
}
