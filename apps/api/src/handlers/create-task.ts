import { DrydockError } from '@drydock/model';
import type { Handler } from '../api-parts.js';
import { objectBody } from '../http/read-json-body.js';
import { taskDocument } from '../wire-format/task-document.js';

/** Visible ASCII, as RFC 9110 allows it in a field value. */
const keyText = /^[\x21-\x7e]{1,255}$/;

/** 201 for a new task; 200 with the earlier one when the request repeats it with the same `Idempotency-Key`. */
export const createTask: Handler = async ({ body, headers, facts }, parts) => {
  const request = objectBody(body);
  const { task, isNew } = await parts.submit({
    action: request['action'],
    designRef: request['design_ref'],
    nodeFilter: request['node_filter'],
    idempotencyKey: idempotencyKey(headers['idempotency-key']),
    requester: facts,
  });
  if (isNew) parts.log.info('task accepted', { taskId: task.id, action: task.action, requestId: facts.requestId });
  return {
    status: isNew ? 201 : 200,
    headers: { Location: `/api/v1.0/tasks/${task.id}` },
    body: taskDocument(task, [], []),
  };
};

function idempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && keyText.test(header)) return header;
  throw new DrydockError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters, like a UUID');
}
