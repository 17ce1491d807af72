import type { BuildDataDocument, StatusDocument, TaskDocument } from './documents.js';

/** What the query of GET /tasks/{id} asks for (reference 01 §2.6). */
export interface TaskViewRequest {
  /** As it stands in the URL; shown as `init_task_id`. */
  readonly typedId: string;
  /** The same in the spelling of the documents. */
  readonly id: string;
  /** 0: the flat document; -1: all layers; any other number below 1: one layer. */
  readonly layers: number;
  readonly withSubtaskErrors: boolean;
}

type ShownDocument = TaskDocument & { readonly build_data?: readonly BuildDataDocument[] };

/** Null: build data were not asked for. Asked ones are by the id of their step. */
export type BuildDataByTask = ReadonlyMap<string, readonly BuildDataDocument[]> | null;

/** The ids of the documents that the answer holds, the asked one first. */
export function shownIds(request: TaskViewRequest, documents: ReadonlyMap<string, TaskDocument>): readonly string[] {
  if (request.layers === 0) return [request.id];
  return below(request.id, documents, request.layers === -1 ? Infinity : Math.max(1, request.layers));
}

/** One of the six shapes of the answer. Every id of `shownIds` must be among the documents. */
export function taskView(
  request: TaskViewRequest,
  documents: ReadonlyMap<string, TaskDocument>,
  buildData: BuildDataByTask,
): Readonly<Record<string, unknown>> {
  const errors = request.withSubtaskErrors ? subtaskErrors(request.id, documents) : null;
  const shown = shownIds(request, documents).flatMap((id): readonly [string, ShownDocument][] => {
    const document = documents.get(id);
    if (!document) return [];
    const withError = errors?.[id] ? { ...document, result: errors[id] } : document;
    return [[id, buildData ? { ...withError, build_data: buildData.get(id) ?? [] } : withError]];
  });
  return {
    ...(request.layers === 0 ? shown[0]?.[1] : { init_task_id: request.typedId, ...Object.fromEntries(shown) }),
    ...(errors && { subtask_errors: errors }),
  };
}

/** The results with errors of everything below, whatever the layers; never of the asked document itself. */
function subtaskErrors(
  id: string,
  documents: ReadonlyMap<string, TaskDocument>,
): Readonly<Record<string, StatusDocument & { readonly task_id: string }>> {
  const failed = below(id, documents, Infinity)
    .slice(1)
    .flatMap((one) => documents.get(one) ?? [])
    .filter(({ result }) => result.details.errorCount > 0);
  return Object.fromEntries(failed.map(({ task_id, result }) => [task_id, { ...result, task_id }]));
}

/** Layer by layer, at most three of them: a task, its stages, their steps. */
function below(id: string, documents: ReadonlyMap<string, TaskDocument>, layers: number): readonly string[] {
  const found: string[] = [];
  for (let layer = [id], depth = 1; layer.length > 0 && depth <= layers; depth += 1) {
    found.push(...layer);
    layer = layer.flatMap((one) => documents.get(one)?.subtask_id_list ?? []);
  }
  return found;
}
