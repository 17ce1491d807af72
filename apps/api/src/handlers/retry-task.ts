import { taskSpan } from '@drydock/model';
import type { Handler } from '../api-parts.js';
import { idempotencyKey } from '../http/idempotency-key.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { objectBody } from '../http/read-json-body.js';
import { traceParent } from '../http/trace-parent.js';
import { acceptedAnswer } from './create-task.js';
import { unknownTask } from './show-task.js';

/**
 * A task of its own that does again what failed of an earlier one, or what the scope names, and inherits the rest. 201;
 * 200 with the earlier retry when the request repeats it with the same `Idempotency-Key`.
 */
export const retryTask: Handler = async ({ body, headers, params, facts }, parts) => {
  const request = objectBody(body);
  const typedId = params['taskId'] ?? '';
  const taskId = parseTaskId(typedId);
  if (taskId === null) throw unknownTask(typedId);
  const stepId = request['step_id'];
  const { task, isNew } = await parts.retry({
    taskId,
    scope: request['scope'],
    nodeNames: request['node_names'],
    stepId: typeof stepId === 'string' ? (parseTaskId(stepId) ?? stepId) : stepId,
    idempotencyKey: idempotencyKey(headers),
    traceParent: traceParent(headers),
    requester: facts,
  });
  if (isNew) {
    const { id, action, lane, retryScope } = task;
    const { requestId } = facts;
    const retry = { retryOf: taskId, scope: retryScope?.kind, traceId: taskSpan(task)?.traceId };
    parts.log.info('task accepted', { taskId: id, action, lane, ...retry, requestId });
  }
  return acceptedAnswer({ task, isNew });
};
