import type { NodeFilterSet } from '@drydock/model';
import { apiUrl } from './api-url.js';
import { ClientError } from './client-error.js';
import type {
  BuildDataDocument,
  ExplainedNodeDocument,
  NodeDocument,
  TaskDocument,
  ValidationDocument,
} from './documents.js';
import { type ClientRequest, type OnRequest, sendRequest } from './send-request.js';

export interface DrydockClientOptions {
  /** Of the service, like `http://127.0.0.1:9000`. */
  readonly url: string;
  /** Sent as `X-Context-Marker`: a version-4 UUID that ties requests together. */
  readonly marker?: string | undefined;
  /** Sent as `X-End-User`. */
  readonly endUser?: string | undefined;
  /** How long an answer may take to begin. Default 30. */
  readonly answerSeconds?: number | undefined;
  readonly onRequest?: OnRequest | undefined;
}

export interface NewTask {
  readonly designRef: string;
  readonly action: string;
  readonly nodeFilter?: NodeFilterSet | null;
  /** The same key and task again give the first task, not a second one. */
  readonly idempotencyKey?: string;
}

export interface GetTaskOptions {
  readonly buildData?: boolean;
  readonly subtaskErrors?: boolean;
  /** How long the API may hold the answer back until the task has ended; at most 60. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ValidateDesignOptions {
  /** What the original let pass is an error instead of a warning. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The tasks of an answer with layers, by id. */
export interface TaskTree {
  readonly root: TaskDocument;
  readonly tasks: ReadonlyMap<string, TaskDocument>;
}

/** How long the API may fetch and compile a design before it answers. */
const designSeconds = 420;

/** The HTTP API, typed. Methods may be called again except `createTask`, which needs an idempotency key for that. */
export class DrydockClient {
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #answerSeconds: number;
  readonly #onRequest: OnRequest;

  /** @throws TypeError for a URL that cannot be one */
  constructor(options: DrydockClientOptions) {
    this.#url = apiUrl(options.url);
    this.#headers = {
      ...(options.marker && { 'x-context-marker': options.marker }),
      ...(options.endUser && { 'x-end-user': options.endUser }),
    };
    this.#answerSeconds = options.answerSeconds ?? 30;
    this.#onRequest = options.onRequest ?? (() => undefined);
  }

  createTask(task: NewTask): Promise<TaskDocument> {
    return sendRequest<TaskDocument>(
      {
        method: 'POST',
        url: new URL('tasks', this.#url),
        headers: { ...this.#headers, ...(task.idempotencyKey && { 'idempotency-key': task.idempotencyKey }) },
        json: { action: task.action, design_ref: task.designRef, node_filter: task.nodeFilter ?? null },
        answerSeconds: this.#answerSeconds,
      },
      this.#onRequest,
    );
  }

  /** Every task ever, with its subtasks; or a page of `limit` top-level tasks `after` the given one. */
  getTasks(page: { readonly limit?: number; readonly after?: string } = {}): Promise<readonly TaskDocument[]> {
    return this.#get<readonly TaskDocument[]>(['tasks'], { limit: page.limit, after: page.after });
  }

  getTask(id: string, options: GetTaskOptions = {}): Promise<TaskDocument> {
    const query = {
      builddata: options.buildData || undefined,
      subtaskerrors: options.subtaskErrors || undefined,
      wait: options.waitSeconds || undefined,
    };
    return this.#get<TaskDocument>(['tasks', id], query, options);
  }

  /** The task and `layers - 1` layers of subtasks; -1: all. */
  async getTaskTree(id: string, layers = -1, signal?: AbortSignal): Promise<TaskTree> {
    const answer = await this.#get<Readonly<Record<string, unknown>>>(['tasks', id], { layers }, { signal });
    const { init_task_id: _typed, ...documents } = answer;
    const tasks = new Map(Object.entries(documents as Record<string, TaskDocument>));
    // The id may have been typed in another spelling than the answer's; the asked task comes first.
    const [root] = tasks.values();
    if (!root) throw new ClientError(`GET task ${id}: the answer holds no task; check the URL`, null, false);
    return { root, tasks };
  }

  getTaskBuildData(id: string): Promise<readonly BuildDataDocument[]> {
    return this.#get<readonly BuildDataDocument[]>(['tasks', id, 'builddata']);
  }

  getNodes(): Promise<readonly NodeDocument[]> {
    return this.#get<readonly NodeDocument[]>(['nodes']);
  }

  /** The newest of each generator, or everything. */
  getNodeBuildData(name: string, isLatestOnly = true): Promise<readonly BuildDataDocument[]> {
    return this.#get<readonly BuildDataDocument[]>(['nodes', name, 'builddata'], { latest: isLatestOnly });
  }

  /** What is to be said about a design; its errors are in the answer. The API fetches it, not this process. */
  validateDesign(href: string, options: ValidateDesignOptions = {}): Promise<ValidationDocument> {
    const path = options.strict ? 'validatedesign?strict=true' : 'validatedesign';
    const json = { href, rel: 'design', type: 'application/x-yaml' };
    return this.#askAboutDesign<ValidationDocument>(path, json, { signal: options.signal, isAnswer: isValidation });
  }

  /** Names of the nodes of a design that a filter selects, in design order. */
  filterNodes(designRef: string, nodeFilter: NodeFilterSet | null = null): Promise<readonly string[]> {
    return this.#askAboutDesign<readonly string[]>('nodefilter', { design_ref: designRef, node_filter: nodeFilter });
  }

  /** Every node of a design, and why a filter selects it or does not. */
  explainNodeFilter(
    designRef: string,
    nodeFilter: NodeFilterSet | null = null,
  ): Promise<readonly ExplainedNodeDocument[]> {
    const json = { design_ref: designRef, node_filter: nodeFilter };
    return this.#askAboutDesign<readonly ExplainedNodeDocument[]>('nodefilter?explain=true', json);
  }

  #askAboutDesign<Document>(
    path: string,
    json: unknown,
    options: Pick<ClientRequest, 'signal' | 'isAnswer'> = {},
  ): Promise<Document> {
    const url = new URL(path, this.#url);
    const answerSeconds = Math.max(this.#answerSeconds, designSeconds);
    return sendRequest<Document>(
      { method: 'POST', url, headers: this.#headers, json, answerSeconds, ...options },
      this.#onRequest,
    );
  }

  #get<Document>(
    path: readonly string[],
    query: Readonly<Record<string, string | number | boolean | undefined>> = {},
    options: { readonly waitSeconds?: number; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Document> {
    const url = new URL(path.map(encodeSegment).join('/'), this.#url);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const answerSeconds = this.#answerSeconds + (options.waitSeconds ?? 0);
    const { signal } = options;
    return sendRequest<Document>(
      { method: 'GET', url, headers: this.#headers, answerSeconds, signal },
      this.#onRequest,
    );
  }
}

/** A segment of dots alone would be taken for a step up the path, percent-encoded or not. */
function encodeSegment(segment: string): string {
  if (/^\.{1,2}$/.test(segment) || segment === '') {
    throw new TypeError(`"${segment}" is neither an id nor a name`);
  }
  return encodeURIComponent(segment);
}

/** An invalid design is answered with 400 and the same document as a valid one; a bad request has no `details`. */
function isValidation(status: number, body: unknown): boolean {
  return (status === 200 || status === 400) && typeof body === 'object' && body !== null && 'details' in body;
}
