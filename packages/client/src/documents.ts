import type { NodeFilterSet } from '@drydock/model';

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
  readonly build_data?: readonly BuildDataDocument[];
  readonly subtask_errors?: Readonly<Record<string, StatusDocument>>;
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
