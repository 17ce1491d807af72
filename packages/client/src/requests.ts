import type { NodeFilterSet } from '@drydock/model';
import type { IdleReason } from './why-documents.js';

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

/** What of a task that has ended is done again. */
export type RetryRequest = (
  | { readonly scope: 'failed' }
  | { readonly scope: 'node'; readonly nodeNames: readonly string[] }
  | { readonly scope: 'step'; readonly stepId: string }
) & {
  /** The same key and retry again give the first retry, not a second one. By default one of its own per call. */
  readonly idempotencyKey?: string;
};

export interface WhyQuery {
  /** Steps of one answer, 1 to 1000; 100 unless given. */
  readonly limit?: number;
  /** The `step_id` after which the answer begins. */
  readonly after?: string | undefined;
  /** Only steps of this node. */
  readonly node?: string | undefined;
  /** Only steps that do not run for this reason. */
  readonly reason?: IdleReason | undefined;
}
