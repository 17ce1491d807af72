import { DrydockError } from '@drydock/model';
import { requestTermination } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { orderedTaskId, readTaskDocument } from './ordered-task.js';

/**
 * 202 with the task when it begins to stop; 200 when it is over, because it had not begun, or when it was asked before.
 * @throws DrydockError `conflict` when it came to its own end before
 */
export const terminateTask: Handler = async (request, parts) => {
  const { requestId, user } = request.facts;
  const taskId = await orderedTaskId(request, parts);
  const status = await requestTermination(parts.db, taskId, user);
  if (status !== null) {
    parts.notifyMoves();
    parts.log.info('task moved', { move: 'terminate', taskId, status, user, requestId });
  }
  const body = await readTaskDocument(taskId, parts);
  if (status === null && body.status === 'complete') {
    throw new DrydockError('conflict', `task ${taskId} is complete: there is nothing to terminate`);
  }
  return { status: status === 'terminating' ? 202 : 200, body };
};
