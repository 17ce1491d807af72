import { setTimeout as delay } from 'node:timers/promises';
import { DrydockError } from '@drydock/model';
import { type FamilyDepth, findTaskPlace, readStepBuildData, readTaskFamily, type TaskPlace } from '@drydock/model/db';
import type { ApiParts, ApiRequest, Handler } from '../api-parts.js';
import { parseTaskId } from '../http/parse-task-id.js';
import { booleanQuery, integerQuery } from '../http/query-values.js';
import { buildDataDocument } from '../wire-format/build-data-document.js';
import type { BuildDataDocument, TaskDocument } from '../wire-format/documents.js';
import { familyDocuments } from '../wire-format/family-documents.js';
import { shownIds, taskView, type TaskViewRequest } from '../wire-format/task-view.js';

type Documents = ReadonlyMap<string, TaskDocument>;

const waitLimits = { least: 0, most: 60 };
const layerLimits = { least: -1_000_000, most: 1_000_000 };
const lookAgainMilliseconds = 500;

/** A task, stage or step in the shapes of reference 01 §2.6. `wait` holds the answer back until it has ended. */
export const showTask: Handler = async (request, parts) => {
  const typedId = request.params['taskId'] ?? '';
  const view: TaskViewRequest = {
    typedId,
    id: parseTaskId(typedId) ?? '',
    layers: integerQuery(request.query, 'layers', layerLimits) ?? 0,
    withSubtaskErrors: booleanQuery(request.query, 'subtaskerrors'),
  };
  const withBuildData = booleanQuery(request.query, 'builddata');
  const waitSeconds = integerQuery(request.query, 'wait', waitLimits) ?? 0;
  const place = view.id === '' ? null : await findTaskPlace(parts.db, view.id);
  if (place === null) throw unknownTask(typedId);
  if (waitSeconds > 0) await untilEnded(request, parts, place, waitSeconds);
  const documents = await readDocuments(parts, place, depthOf(view, place));
  const buildData = withBuildData ? await readBuildData(parts, shownIds(view, documents)) : null;
  return { status: 200, body: taskView(view, documents, buildData) };
};

export function unknownTask(typedId: string): DrydockError {
  return new DrydockError('not_found', `Task ${typedId.slice(0, 100)} does not exist`);
}

/** How far down rows must be read for the answer to be whole. */
function depthOf(view: TaskViewRequest, place: TaskPlace): FamilyDepth {
  if (place.kind === 'step') return 1;
  if (view.withSubtaskErrors || view.layers === -1 || view.layers > 2) return 3;
  return view.layers === 2 ? 2 : 1;
}

async function readDocuments(parts: ApiParts, place: TaskPlace, depth: FamilyDepth): Promise<Documents> {
  const documents = familyDocuments(await readTaskFamily(parts.db, place, depth), parts.publicApiUrl);
  if (!documents.has(place.id)) throw unknownTask(place.id);
  return documents;
}

async function readBuildData(
  parts: ApiParts,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly BuildDataDocument[]>> {
  const byTask = new Map<string, BuildDataDocument[]>(ids.map((id) => [id, []]));
  for (const datum of await readStepBuildData(parts.db, ids)) byTask.get(datum.stepId)?.push(buildDataDocument(datum));
  return byTask;
}

/** Reads again until then; a client that goes away or a process that stops ends it early. */
async function untilEnded(request: ApiRequest, parts: ApiParts, place: TaskPlace, seconds: number): Promise<void> {
  const signal = AbortSignal.any([request.signal, parts.stopping]);
  const lastLookAt = performance.now() + seconds * 1000;
  while (!signal.aborted) {
    const status = (await readDocuments(parts, place, 1)).get(place.id)?.status;
    const millisecondsLeft = lastLookAt - performance.now();
    if (status === 'complete' || status === 'terminated' || millisecondsLeft <= 0) return;
    await delay(Math.min(lookAgainMilliseconds, millisecondsLeft), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
