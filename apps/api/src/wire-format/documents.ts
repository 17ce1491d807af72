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
}
