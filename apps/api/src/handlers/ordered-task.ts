import { DrydockError } from '@drydock/model';
import { findTaskPlace, readTaskFamily } from '@drydock/model/db';
import type { ApiParts, ApiRequest } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import type { TaskDocument } from '../wire-format/documents.js';
import { familyDocuments } from '../wire-format/family-documents.js';
import { unknownTask } from './show-task.js';

/**
 * The id of the task that a request wants to order something of. Orders are for whole tasks.
 * @throws DrydockError `not_found`; `invalid_request` for a subtask, naming its task
 */
export async function orderedTaskId({ params }: ApiRequest, { db }: ApiParts): Promise<string> {
  const typedId = params['taskId'] ?? '';
  const id = parseTaskId(typedId);
  const place = id === null ? null : await findTaskPlace(db, id);
  if (place === null) throw unknownTask(typedId);
  if (place.kind === 'task') return place.id;
  throw new DrydockError(
    'invalid_request',
    `${place.id} is a subtask; only whole tasks can be ordered to stop, pause or go on: ask for its task ${place.taskId}`,
  );
}

/** The flat document of a task. */
export async function readTaskDocument(id: string, { db, publicApiUrl }: ApiParts): Promise<TaskDocument> {
  const family = await readTaskFamily(db, { kind: 'task', id, taskId: id, stageId: null }, 1);
  const document = familyDocuments(family, publicApiUrl).get(id);
  if (!document) throw unknownTask(id);
  return document;
}
