import { DrydockError } from '@drydock/model';
import { findTaskPlace, type IdleReason, idleReasons } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { integerQuery, textQuery } from '../http/query-values.js';
import { whyTask } from '../why/why-task.js';
import { whyDocument } from '../wire-format/why-document.js';
import { unknownTask } from './show-task.js';

const limits = { least: 1, most: 1000 };
const defaultLimit = 100;

/**
 * Why a task, a stage or a step does not go on: per step that neither runs nor has ended everything that stands in its
 * way. `limit` and `after` page, `node` and `reason` choose.
 */
export const explainTask: Handler = async ({ params, query }, parts) => {
  const typedId = params['taskId'] ?? '';
  const id = parseTaskId(typedId);
  const after = stepIdQuery(query);
  const page = {
    limit: integerQuery(query, 'limit', limits) ?? defaultLimit,
    after,
    reason: reasonQuery(query),
    nodeName: textQuery(query, 'node'),
  };
  const place = id === null ? null : await findTaskPlace(parts.db, id);
  const explained = place && (await whyTask(parts.db, { place, page, settings: parts.why }));
  if (!place || !explained) throw unknownTask(typedId);
  const last = explained.steps.at(-1);
  const isFull = last !== undefined && explained.steps.length === page.limit;
  return {
    status: 200,
    body: whyDocument(explained),
    headers: isFull
      ? { Link: `<${nextPage(`${parts.publicApiUrl}/tasks/${place.id}/why`, query, last.step.id)}>; rel="next"` }
      : {},
  };
};

function nextPage(url: string, query: URLSearchParams, after: string): string {
  const next = new URLSearchParams(query);
  next.set('after', after);
  return `${url}?${next.toString()}`;
}

function stepIdQuery(query: URLSearchParams): string | null {
  const typed = textQuery(query, 'after');
  const id = typed === null ? null : parseTaskId(typed);
  if (typed === null || id !== null) return id;
  throw new DrydockError(
    'invalid_request',
    'query parameter after must be the step_id of a step; give the last one of the page before',
  );
}

function reasonQuery(query: URLSearchParams): IdleReason | null {
  const typed = textQuery(query, 'reason');
  const reason = idleReasons.find((one) => one === typed) ?? null;
  if (typed === null || reason !== null) return reason;
  throw new DrydockError('invalid_request', `query parameter reason must be one of ${idleReasons.join(', ')}`);
}
