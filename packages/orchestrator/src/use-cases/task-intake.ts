import type { ClientAction, NodeFilterSet } from '@drydock/model';

/** Who asked, kept with the task (reference 01 §3.2). */
export interface Requester {
  readonly requestId: string;
  readonly externalMarker: string;
  readonly endUser: string;
  readonly user: string;
}

export interface AcceptedTask {
  readonly id: string;
  readonly action: ClientAction;
  readonly designRef: string;
  readonly nodeFilter: NodeFilterSet | null;
  readonly lane: string;
  readonly createdBy: string;
  readonly requestContext: Requester;
  readonly idempotencyKey: string | null;
  /** SHA-256 of what was asked, to tell a repetition from another request with the same key. */
  readonly idempotencyHash: string | null;
}

/** `known`: this request was accepted before; `other`: its key was used for another request. */
export type Intake<Stored> =
  { readonly kind: 'created' | 'known'; readonly task: Stored } | { readonly kind: 'other'; readonly taskId: string };

/** Port: keeps accepted tasks. When it resolves the task is durable, `queued`, with its first ring counted. */
export interface TaskIntake<Stored> {
  insert(task: AcceptedTask): Promise<Intake<Stored>>;
}
