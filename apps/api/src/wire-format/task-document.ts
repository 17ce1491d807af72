import type { RetryScope } from '@drydock/model';
import type { ShownMessage, ShownStage, ShownTask } from '@drydock/model/db';
import type { RetryScopeDocument, TaskDocument } from './documents.js';
import { shownDesignRef } from './shown-design-ref.js';
import { messageDocument, statusDocument } from './status-document.js';
import { optionalTimestamp, timestamp } from './timestamp.js';

/** A top-level task (reference 01 §2.1). */
export function taskDocument(
  task: ShownTask,
  stages: readonly ShownStage[],
  messages: readonly ShownMessage[],
): TaskDocument {
  const verdict = {
    status: task.resultStatus,
    successes: task.successes,
    failures: task.failures,
    message: task.resultMessage,
    reason: task.resultReason,
  };
  return {
    kind: 'Task',
    apiVersion: 'v1',
    task_id: task.id,
    action: task.action,
    parent_task_id: null,
    design_ref: shownDesignRef(task.designRef),
    status: task.status,
    result: statusDocument(verdict, messages.map(messageDocument)),
    node_filter: task.nodeFilter,
    subtask_id_list: stages.map(({ id }) => id),
    created: timestamp(task.createdAt),
    created_by: task.createdBy,
    updated: optionalTimestamp(task.updatedAt),
    terminated: optionalTimestamp(task.terminateRequestedAt),
    terminated_by: task.terminatedBy,
    terminate: task.terminateRequestedAt !== null,
    retry: 0,
    ...pauseMembers(task),
    ...retryMembers(task),
  };
}

/** Only a paused task that can still begin something has them. */
function pauseMembers({ status, pausedAt, pausedBy }: ShownTask): Pick<TaskDocument, 'paused' | 'paused_by'> {
  const isPaused = status === 'queued' || status === 'running';
  return pausedAt !== null && isPaused ? { paused: timestamp(pausedAt), paused_by: pausedBy } : {};
}

/** Only a retry has them. */
function retryMembers({ retryOf, retryScope }: ShownTask): Pick<TaskDocument, 'retry_of' | 'retry_scope'> {
  return retryOf === null || retryScope === null ? {} : { retry_of: retryOf, retry_scope: scopeDocument(retryScope) };
}

function scopeDocument(scope: RetryScope): RetryScopeDocument {
  if (scope.kind === 'node') return { scope: 'node', node_names: scope.nodeNames };
  return scope.kind === 'step' ? { scope: 'step', step_id: scope.stepId } : { scope: 'failed' };
}
