import { DrydockError } from '@drydock/model';
import { findTaskPlace, hastenSteps } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { unknownTask } from './show-task.js';

/**
 * Ends the pauses between tries and attempts of a task, a stage or a step: what rests is due at once. 200 with the number
 * of steps that were hastened, also when there are none.
 * @throws DrydockError `not_found`; `conflict` when the task is over
 */
export const retryNow: Handler = async ({ params, facts }, parts) => {
  const typedId = params['taskId'] ?? '';
  const id = parseTaskId(typedId);
  const place = id === null ? null : await findTaskPlace(parts.db, id);
  if (place === null) throw unknownTask(typedId);
  const { isOver, steps } = await hastenSteps(parts.db, place);
  if (isOver) throw new DrydockError('conflict', `task ${place.taskId} is over: nothing of it is tried again`);
  if (steps > 0) parts.notifyMoves();
  const { requestId, user } = facts;
  parts.log.info('steps hastened', { taskId: place.taskId, place: place.kind, steps, user, requestId });
  return { status: 200, body: { task_id: place.id, steps } };
};
