import { randomUUID } from 'node:crypto';
import type { NodeFilterSet } from '@drydock/model';
import { apiUrl } from './api-url.js';
import { ClientError } from './client-error.js';
import type {
  BuildDataDocument,
  ExplainedNodeDocument,
  HastenedDocument,
  LaneDocument,
  NodeDocument,
  TaskDocument,
  ValidationDocument,
} from './documents.js';
import type { GetTaskOptions, NewTask, RetryRequest, ValidateDesignOptions, WhyQuery } from './requests.js';
import { type ClientRequest, type OnRequest, sendRequest } from './send-request.js';
import type { WhyDocument } from './why-documents.js';

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

/** The tasks of an answer with layers, by id. */
export interface TaskTree {
  readonly root: TaskDocument;
  readonly tasks: ReadonlyMap<string, TaskDocument>;
}

/** How long the API may fetch and compile a design before it answers. */
const designSeconds = 420;

const mostWhySteps = 1000;

/**
 * The HTTP API, typed. Methods may be called again except `createTask` and `retryTask`, which need an idempotency key for
 * that. What may be called again is sent again when no answer came, but for `retryNow`, whose count would be another's,
 * and questions about a design, which take long.
 */
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
    const { designRef, action, nodeFilter = null, idempotencyKey } = task;
    const json = { action, design_ref: designRef, node_filter: nodeFilter };
    return this.#post<TaskDocument>(['tasks'], { json, idempotencyKey, canRepeat: idempotencyKey !== undefined });
  }

  /**
   * Orders the end of a task; answered at once, with the task `terminating` or `terminated`. The order stands, whoever
   * lives.
   * @throws ClientError with 409 when it came to its own end before
   */
  terminateTask(id: string): Promise<TaskDocument> {
    return this.#post<TaskDocument>(['tasks', id, 'terminate'], { canRepeat: true });
  }

  /** No step of it begins until it is resumed. @throws ClientError with 409 when it is terminating or over */
  pauseTask(id: string): Promise<TaskDocument> {
    return this.#post<TaskDocument>(['tasks', id, 'pause'], { canRepeat: true });
  }

  /** @throws ClientError with 409 when it is terminating or over */
  resumeTask(id: string): Promise<TaskDocument> {
    return this.#post<TaskDocument>(['tasks', id, 'resume'], { canRepeat: true });
  }

  /**
   * The new task that does again what failed of one that has ended, or what the scope names.
   * @throws ClientError with 409 when it has not ended or nothing of it failed
   */
  retryTask(id: string, request: RetryRequest): Promise<TaskDocument> {
    const { idempotencyKey = randomUUID() } = request;
    return this.#post<TaskDocument>(['tasks', id, 'retry'], {
      json: retryBody(request),
      idempotencyKey,
      canRepeat: true,
    });
  }

  /** Ends the pauses between tries of a task, a stage or a step. @throws ClientError with 409 when the task is over */
  retryNow(id: string): Promise<HastenedDocument> {
    return this.#post<HastenedDocument>(['tasks', id, 'retry-now'], { canRepeat: false });
  }

  /** Why a task, or what lies below a subtask, does not go on: one page of its steps. */
  whyTask(id: string, query: WhyQuery = {}): Promise<WhyDocument> {
    const { limit, after, node, reason } = query;
    return this.#get<WhyDocument>(['tasks', id, 'why'], { limit, after, node, reason });
  }

  /** The same page by page; each is of its own moment. */
  async *whyTaskPages(id: string, query: WhyQuery = {}): AsyncGenerator<WhyDocument, void, undefined> {
    const { limit = mostWhySteps } = query;
    let after = query.after;
    for (;;) {
      const page = await this.whyTask(id, { ...query, limit, after });
      yield page;
      if (page.steps.length < limit) return;
      after = page.steps.at(-1)?.step_id;
    }
  }

  listLanes(): Promise<readonly LaneDocument[]> {
    return this.#get<readonly LaneDocument[]>(['lanes']);
  }

  /** No task of it starts, and the one that runs begins no step, until it is resumed. */
  pauseLane(name: string): Promise<LaneDocument> {
    return this.#post<LaneDocument>(['lanes', name, 'pause'], { canRepeat: true });
  }

  resumeLane(name: string): Promise<LaneDocument> {
    return this.#post<LaneDocument>(['lanes', name, 'resume'], { canRepeat: true });
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

  #post<Document>(path: readonly string[], { idempotencyKey, ...rest }: Order): Promise<Document> {
    const url = new URL(path.map(encodeSegment).join('/'), this.#url);
    const headers = { ...this.#headers, ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }) };
    const answerSeconds = this.#answerSeconds;
    return sendRequest<Document>({ method: 'POST', url, headers, answerSeconds, ...rest }, this.#onRequest);
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

interface Order extends Pick<ClientRequest, 'json' | 'canRepeat'> {
  readonly idempotencyKey?: string | undefined;
}

function retryBody(request: RetryRequest): object {
  const { scope } = request;
  if (scope === 'node') return { scope, node_names: request.nodeNames };
  return scope === 'step' ? { scope, step_id: request.stepId } : { scope };
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
