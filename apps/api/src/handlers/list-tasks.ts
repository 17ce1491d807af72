import { DrydockError } from '@drydock/model';
import { listTaskFamilies, type TaskFamilies, type TaskPage } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { integerQuery, textQuery } from '../http/query-values.js';
import { familyDocuments } from '../wire-format/family-documents.js';

const limits = { least: 1, most: 1000 };

/**
 * All tasks in order of submission, each with its subtasks behind it. `limit` counts top-level tasks; the next page
 * begins `after` the last one, and a `Link` header says where.
 */
export const listTasks: Handler = async ({ query }, parts) => {
  const after = textQuery(query, 'after');
  const page = { limit: integerQuery(query, 'limit', limits), after: after === null ? null : parseTaskId(after) };
  const families = after !== null && page.after === null ? null : await listTaskFamilies(parts.db, page);
  if (families === null) {
    throw new DrydockError(
      'invalid_request',
      'query parameter after must be the id of a task; give the last one of the page before',
    );
  }
  const body = [...familyDocuments(families, parts.publicApiUrl).values()];
  return { status: 200, body, headers: nextPage(page, families, parts.publicApiUrl) };
};

function nextPage(page: TaskPage, families: TaskFamilies, publicApiUrl: string): Readonly<Record<string, string>> {
  const last = families.tasks.at(-1);
  if (page.limit === null || !last || families.tasks.length < page.limit) return {};
  return { Link: `<${publicApiUrl}/tasks?limit=${page.limit}&after=${last.id}>; rel="next"` };
}
