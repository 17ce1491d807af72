import { DrydockError } from '@drydock/model';
import { eraseTaskPause, writeTaskPause } from '@drydock/model/db';
import type { ApiParts, ApiRequest, Handler } from '../api-parts.js';
import type { Answer } from '../http/answer.js';
import { orderedTaskId, readTaskDocument } from './ordered-task.js';

/** Begins no step any more until somebody resumes it; what has begun goes on. Repeated: 200, nothing changes. */
export const pauseTask: Handler = async (request, parts) => {
  const taskId = await orderedTaskId(request, parts);
  const hasMoved = await writeTaskPause(parts.db, taskId, request.facts.user);
  return await answer('pause', { taskId, hasMoved, request }, parts);
};

export const resumeTask: Handler = async (request, parts) => {
  const taskId = await orderedTaskId(request, parts);
  const hasMoved = await eraseTaskPause(parts.db, taskId);
  if (hasMoved) parts.notifyMoves();
  return await answer('resume', { taskId, hasMoved, request }, parts);
};

interface Ordered {
  readonly taskId: string;
  readonly hasMoved: boolean;
  readonly request: ApiRequest;
}

const lively: ReadonlySet<string> = new Set(['queued', 'running']);

async function answer(
  order: 'pause' | 'resume',
  { taskId, hasMoved, request }: Ordered,
  parts: ApiParts,
): Promise<Answer> {
  const { requestId, user } = request.facts;
  if (hasMoved) parts.log.info('task ordered', { order, taskId, user, requestId });
  const body = await readTaskDocument(taskId, parts);
  if (!hasMoved && !lively.has(body.status)) {
    throw new DrydockError('conflict', `task ${taskId} is ${body.status}: there is nothing to ${order}`);
  }
  return { status: 200, body };
}
