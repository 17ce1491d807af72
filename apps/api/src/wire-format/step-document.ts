import { verbs } from '@drydock/model';
import type { ShownMessage, ShownStep, ShownTask } from '@drydock/model/db';
import type { TaskDocument } from './documents.js';
import { shownDesignRef } from './shown-design-ref.js';
import { statusDocument } from './status-document.js';
import { stepError } from './step-error.js';
import { stepMessages } from './step-messages.js';
import { stepVerdict } from './step-verdict.js';
import { optionalTimestamp } from './timestamp.js';

/** What the address of a `detail_logs` link begins with, for instance `http://host:9000/api/v1.0`. */
export type PublicApiUrl = string;

/** A step, shown as the subtask of its stage (house §3.4). */
export function stepDocument(
  task: ShownTask,
  step: ShownStep,
  messages: readonly ShownMessage[],
  publicApiUrl: PublicApiUrl,
): TaskDocument {
  const error = stepError(step);
  const isCancelled = step.end === 'cancelled';
  const links = step.hasDetailLogs ? [{ rel: 'detail_logs', href: `${publicApiUrl}/tasks/${step.id}/builddata` }] : [];
  const isStopping = isCancelled || (step.end === null && task.status === 'terminating');
  return {
    kind: 'Task',
    apiVersion: 'v1',
    task_id: step.id,
    action: verbs[step.verb].apiAction,
    parent_task_id: step.stageId,
    design_ref: shownDesignRef(task.designRef),
    status: stepStatus(step),
    result: statusDocument({ ...stepVerdict(step), links }, stepMessages(step, messages)),
    node_filter: filterFor(step.nodeName),
    subtask_id_list: [],
    created: optionalTimestamp(step.firstAdmittedAt),
    created_by: null,
    updated: optionalTimestamp(step.updatedAt),
    terminated: isStopping ? optionalTimestamp(task.terminateRequestedAt) : null,
    terminated_by: isStopping ? task.terminatedBy : null,
    terminate: isStopping,
    retry: step.attempt,
    ...(error === null ? {} : { error }),
  };
}

function stepStatus(step: ShownStep): string {
  if (step.end !== null) return step.end === 'cancelled' ? 'terminated' : 'complete';
  return step.firstClaimedAt === null ? 'requested' : 'running';
}

/** The shape that the original gave its per-node subtasks (reference 01 §9, 29). */
function filterFor(nodeName: string | null): object | null {
  if (nodeName === null) return null;
  return {
    filter_set_type: 'intersection',
    filter_set: [{ filter_type: 'union', node_names: [nodeName] }],
  };
}
