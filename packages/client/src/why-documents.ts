import type { TaskDocument } from './documents.js';

/** In a word why a step does not run. */
export const idleReasons = ['need', 'backoff', 'admission', 'unclaimed', 'observed', 'until'] as const;
export type IdleReason = (typeof idleReasons)[number];

/** Why a task, and each of its steps that neither runs nor has ended, does not go on (docs/why.md). */
export interface WhyDocument {
  readonly task_id: string;
  readonly action: string;
  readonly status: TaskDocument['status'];
  readonly lane: string;
  /** In the lane, from 1; null unless queued. */
  readonly position: number | null;
  /** Of the task as a whole. */
  readonly blockers: readonly BlockerDocument[];
  /** Steps that have not ended, all pages together, whatever the query chooses. */
  readonly counts: Readonly<Record<IdleReason | 'running', number>>;
  readonly steps: readonly WhyStepDocument[];
}

export interface WhyStepDocument {
  readonly step_id: string;
  readonly action: string;
  readonly verb: string;
  /** Null: it is a step on the site. */
  readonly node_name: string | null;
  /** Counts from 0. */
  readonly attempt: number;
  readonly status: string;
  readonly deadline: string | null;
  readonly blockers: readonly BlockerDocument[];
}

/** Who has a place in a group. */
export interface PlaceHolderDocument {
  readonly task_id: string;
  /** Null, and the next two, when the task itself holds the place, for its node. */
  readonly step_id: string | null;
  readonly action: string | null;
  readonly verb: string | null;
  readonly node_name: string | null;
  readonly since: string;
}

/** One thing that stands in the way at this moment. A later API may have reasons that are not among these. */
export type BlockerDocument =
  | {
      readonly reason: 'need';
      readonly step_id: string;
      readonly action: string;
      readonly verb: string;
      readonly node_name: string | null;
      readonly status: string;
      /** How it must have ended. */
      readonly wanted: 'succeeded' | 'absent';
    }
  | {
      readonly reason: 'group';
      readonly group: string;
      readonly scope: string;
      readonly limit: number;
      readonly held: number;
      /** Places that the step needs there. */
      readonly weight: number;
      /** The first eight. */
      readonly holders: readonly PlaceHolderDocument[];
    }
  | { readonly reason: 'group_shut' | 'group_spaced' | 'group_ramped'; readonly group: string; readonly until: string }
  | { readonly reason: 'door'; readonly group: string; readonly since: string }
  | {
      readonly reason: 'backoff';
      readonly until: string;
      /** Counts from 0. */
      readonly attempt: number;
      /** Calls in a row that could not find out. */
      readonly tries: number;
      readonly error_class: string | null;
      readonly error: string | null;
    }
  | {
      readonly reason: 'observed';
      readonly source: string;
      readonly key: string | null;
      readonly since: string | null;
    }
  | { readonly reason: 'until' | 'deadline'; readonly until: string }
  | {
      readonly reason: 'unclaimed';
      readonly since: string | null;
      readonly rings: number;
      /** Alive, with what they can execute at a time. */
      readonly workers: number;
      readonly slots: number;
    }
  | {
      readonly reason: 'paused';
      readonly what: 'task' | 'lane';
      readonly by: string | null;
      readonly since: string;
    }
  | { readonly reason: 'stopping'; readonly by: string | null; readonly since: string | null }
  | {
      readonly reason: 'lane_busy';
      readonly task_id: string;
      readonly action: string;
      readonly status: string;
      readonly since: string | null;
    }
  | { readonly reason: 'queue'; readonly ahead: number }
  | { readonly reason: 'no_scheduler' | 'ready' };
