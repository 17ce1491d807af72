import { taskSpan } from '@drydock/model';
import type { ShownTask } from '@drydock/model/db';
import type { SubmittedTask } from '@drydock/orchestrator';
import type { Handler } from '../api-parts.js';
import type { Answer } from '../http/answer.js';
import { idempotencyKey } from '../http/idempotency-key.js';
import { objectBody } from '../http/read-json-body.js';
import { traceParent } from '../http/trace-parent.js';
import { taskDocument } from '../wire-format/task-document.js';

/** 201 for a new task; 200 with the earlier one when the request repeats it with the same `Idempotency-Key`. */
export const createTask: Handler = async ({ body, headers, facts }, parts) => {
  const request = objectBody(body);
  const { task, isNew } = await parts.submit({
    action: request['action'],
    designRef: request['design_ref'],
    nodeFilter: request['node_filter'],
    idempotencyKey: idempotencyKey(headers),
    traceParent: traceParent(headers),
    requester: facts,
  });
  if (isNew) {
    const { id, action, lane } = task;
    const { requestId } = facts;
    parts.log.info('task accepted', { taskId: id, action, lane, requestId, traceId: taskSpan(task)?.traceId });
  }
  return acceptedAnswer({ task, isNew });
};

export function acceptedAnswer({ task, isNew }: SubmittedTask<ShownTask>): Answer {
  return {
    status: isNew ? 201 : 200,
    headers: { Location: `/api/v1.0/tasks/${task.id}` },
    body: taskDocument(task, [], []),
  };
}
