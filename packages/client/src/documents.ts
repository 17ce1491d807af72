import type { DocumentReference, NodeFilter, NodeFilterSet, SourcePlace } from '@drydock/model';

/** A message of a result, as the API sends it (reference 01 §2.4). */
export interface MessageDocument {
  readonly message: string;
  readonly error: boolean;
  readonly context_type: string;
  readonly context: string;
  readonly ts: string;
  readonly extra: unknown;
}

export interface StatusDocument {
  readonly status: 'incomplete' | 'success' | 'partial_success' | 'failure';
  readonly message: string | null;
  readonly reason: string | null;
  readonly successes: readonly string[];
  readonly failures: readonly string[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly details: { readonly errorCount: number; readonly messageList: readonly MessageDocument[] };
}

/** A task, or one of its subtasks (reference 01 §2.1). */
export interface TaskDocument {
  readonly task_id: string;
  readonly action: string;
  readonly parent_task_id: string | null;
  readonly design_ref: string | null;
  readonly status: 'requested' | 'queued' | 'running' | 'terminating' | 'terminated' | 'complete';
  readonly result: StatusDocument;
  readonly node_filter: NodeFilterSet | null;
  readonly subtask_id_list: readonly string[];
  readonly created: string | null;
  readonly created_by: string | null;
  readonly updated: string | null;
  readonly terminated: string | null;
  readonly terminated_by: string | null;
  readonly terminate: boolean | null;
  readonly retry: number;
  /** Since when a task that is not over is paused, and by whom; only then. */
  readonly paused?: string;
  readonly paused_by?: string | null;
  /** Of a retry: the task that it retries, and what of it is done again. */
  readonly retry_of?: string;
  readonly retry_scope?: RetryScopeDocument;
  /** Only of a step, and only when something is wrong with it. */
  readonly error?: StepErrorDocument;
  readonly build_data?: readonly BuildDataDocument[];
  readonly subtask_errors?: Readonly<Record<string, StatusDocument>>;
}

/** What of a task is done again. */
export type RetryScopeDocument =
  | { readonly scope: 'failed' }
  | { readonly scope: 'node'; readonly node_names: readonly string[] }
  | { readonly scope: 'step'; readonly step_id: string };

/** What is wrong with a step that failed or is tried again. */
export interface StepErrorDocument {
  /** One of the error classes of docs/time-and-tries.md. */
  readonly class: string;
  readonly reason: string | null;
  /** Counts from 1. */
  readonly attempt: number;
  readonly max_attempts: number;
  /** Calls of this attempt that could not find out. */
  readonly tries: number;
  /** The retry budget that could not pay for another try. */
  readonly used_up_budget: string | null;
  /** Null: now, or never. */
  readonly next_try: string | null;
}

/** What `retry-now` did. */
export interface HastenedDocument {
  readonly task_id: string;
  /** How many steps no longer rest. */
  readonly steps: number;
}

/** A line of tasks that run one at a time. */
export interface LaneDocument {
  readonly name: string;
  /** Above so many queued tasks it takes no more. */
  readonly max_queued: number;
  readonly queued: number;
  /** Id of the task that runs in it. */
  readonly running: string | null;
  /** Since when; null: it is not paused. */
  readonly paused: string | null;
  readonly paused_by: string | null;
}

/** What a machine said about itself (reference 01 §2.7). */
export interface BuildDataDocument {
  readonly node_name: string;
  readonly task_id: string;
  readonly collected_date: string;
  readonly generator: string;
  readonly data_format: string;
  readonly data_element: string;
}

/** A machine as its provisioner knows it (reference 01 §1.9). */
export interface NodeDocument {
  readonly hostname: string;
  readonly memory: number;
  readonly cpu_count: number;
  readonly status_name: string;
  readonly boot_mac: string | null;
  readonly power_state: string;
  readonly power_address: string | null;
  readonly boot_ip: string | null;
}

/** One thing that is to be said about a design (reference 02 §2.6). */
export interface ValidationMessageDocument {
  /** The original's code; several rules share some. */
  readonly name: string;
  readonly message: string;
  readonly error: boolean;
  readonly level: 'Error' | 'Warning' | 'Info';
  readonly diagnostic: string;
  readonly ts: string;
  readonly documents: readonly DocumentReference[];
  /** Unique id of the rule. */
  readonly rule: string;
  readonly place: SourcePlace | null;
  /** Other places that it speaks of. */
  readonly related: readonly SourcePlace[];
}

/** Why a node filter selects a node or does not. */
export interface ExplainedNodeDocument {
  readonly name: string;
  readonly matched: boolean;
  /** One per filter of the set; empty without a filter, which selects all. */
  readonly filters: readonly {
    readonly filter_type: NodeFilter['filter_type'];
    readonly outcome: 'matched' | 'failed' | 'unconstrained';
    readonly criteria: readonly {
      readonly criterion: string;
      readonly matched: boolean;
      readonly values: readonly string[];
      readonly missing: readonly string[];
      readonly reason: string;
    }[];
  }[];
}

/** What the API says about a design (reference 01 §1.12); a design with errors is an answer, not an error. */
export interface ValidationDocument {
  readonly status: 'Success' | 'Failure';
  readonly message: string;
  readonly reason: string | null;
  readonly details: { readonly errorCount: number; readonly messageList: readonly ValidationMessageDocument[] };
  readonly code: 200 | 400;
}
