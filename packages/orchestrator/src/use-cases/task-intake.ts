import type { NodeFilterSet, RetryScope, TaskAction } from '@drydock/model';

/** Who asked, kept with the task (reference 01 §3.2). */
export interface Requester {
  readonly requestId: string;
  readonly externalMarker: string;
  readonly endUser: string;
  readonly user: string;
}

export interface AcceptedTask {
  readonly id: string;
  readonly action: TaskAction;
  readonly designRef: string;
  readonly nodeFilter: NodeFilterSet | null;
  readonly lane: string;
  readonly createdBy: string;
  readonly requestContext: Requester;
  readonly idempotencyKey: string | null;
  /** SHA-256 of what was asked, to tell a repetition from another request with the same key. */
  readonly idempotencyHash: string | null;
  /** W3C trace context: where the task's own span stands. */
  readonly traceParent: string;
}

/** A task that does something of an earlier one again. */
export interface AcceptedRetry extends AcceptedTask {
  /** As it is stored with the earlier one, sealed like it. */
  readonly designRefSealed: Buffer | null;
  readonly retry: {
    readonly retryOf: string;
    readonly retryScope: RetryScope;
    /** That of the earlier task; null when the design is to be read again. */
    readonly snapshotHash: string | null;
  };
}

/** `known`: this request was accepted before; `other`: its key was used for another request; `full`: the lane takes no more. */
export type Intake<Stored> =
  | { readonly kind: 'created' | 'known'; readonly task: Stored }
  | { readonly kind: 'other'; readonly taskId: string }
  | { readonly kind: 'full'; readonly lane: string; readonly queued: number; readonly maxQueued: number };

/** Port: keeps accepted tasks. When it resolves the task is durable, `queued`, with its first ring counted. */
export interface TaskIntake<Stored, Accepted = AcceptedTask> {
  insert(task: Accepted): Promise<Intake<Stored>>;
}
