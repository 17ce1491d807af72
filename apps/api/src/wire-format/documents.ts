/** The JSON that clients see (reference 01 §2), members in the order in which they are sent. */
export interface MessageDocument {
  readonly message: string;
  readonly error: boolean;
  readonly context_type: string;
  readonly context: string;
  readonly ts: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface LinkDocument {
  readonly rel: string;
  readonly href: string;
}

export interface StatusDocument {
  readonly kind: 'Status';
  readonly apiVersion: 'v1.0';
  readonly metadata: Readonly<Record<string, never>>;
  readonly message: string | null;
  readonly reason: string | null;
  readonly status: 'incomplete' | 'success' | 'partial_success' | 'failure';
  readonly successes: readonly string[];
  readonly failures: readonly string[];
  readonly links: readonly LinkDocument[];
  readonly details: { readonly errorCount: number; readonly messageList: readonly MessageDocument[] };
}

export interface BuildDataDocument {
  readonly node_name: string;
  readonly task_id: string;
  readonly collected_date: string;
  readonly generator: string;
  readonly data_format: string;
  readonly data_element: string;
}

/** As in the body of POST /tasks/{id}/retry. */
export interface RetryScopeDocument {
  readonly scope: 'failed' | 'node' | 'step';
  readonly node_names?: readonly string[];
  readonly step_id?: string;
}

/** What is wrong with a step that failed or is tried again. */
export interface StepErrorDocument {
  /** One of the error classes. */
  readonly class: string;
  readonly reason: string | null;
  /** Counts from 1. */
  readonly attempt: number;
  readonly max_attempts: number;
  /** Calls of this attempt that could not find out. */
  readonly tries: number;
  /** The retry budget that could not pay for another try: the next call is the last. */
  readonly used_up_budget: string | null;
  /** Null: now, or never. */
  readonly next_try: string | null;
}

export interface TaskDocument {
  readonly kind: 'Task';
  readonly apiVersion: 'v1';
  readonly task_id: string;
  readonly action: string;
  readonly parent_task_id: string | null;
  readonly design_ref: string;
  readonly status: string;
  readonly result: StatusDocument;
  readonly node_filter: object | null;
  readonly subtask_id_list: readonly string[];
  readonly created: string | null;
  readonly created_by: string | null;
  readonly updated: string | null;
  readonly terminated: string | null;
  readonly terminated_by: string | null;
  readonly terminate: boolean;
  readonly retry: number;
  /** Since when a task that is not over is paused, and by whom; only then. */
  readonly paused?: string;
  readonly paused_by?: string | null;
  /** Of a retry: the task that it retries, and what of it is done again. */
  readonly retry_of?: string;
  readonly retry_scope?: RetryScopeDocument;
  /** Only of a step, and only when something is wrong with it. */
  readonly error?: StepErrorDocument;
}
