import { DrydockError } from '@drydock/model';
import { findTaskPlace, readStepBuildData } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { buildDataDocument } from '../wire-format/build-data-document.js';
import { unknownTask } from './show-task.js';

/** Exactly this task's, not its subtasks': the address of `detail_logs` links. */
export const taskBuildData: Handler = async ({ params }, parts) => {
  const typedId = params['taskId'] ?? '';
  const id = parseTaskId(typedId);
  if (id === null) throw unknownTask(typedId);
  const data = await readStepBuildData(parts.db, [id]);
  if (data.length > 0) return { status: 200, body: data.map(buildDataDocument) };
  if ((await findTaskPlace(parts.db, id)) === null) throw unknownTask(typedId);
  throw new DrydockError('not_found', `Task ${id} has no build data of its own; ask its subtasks`);
};
