import type { ErrorClass } from '../error-class.js';
import type { GroupScope } from '../groups/group.js';
import type { StepStatus } from '../step-moves.js';
import type { Need } from '../step.js';
import type { TaskAction } from '../actions.js';
import type { TaskStatus } from '../task-moves.js';
import type { Verb } from '../verbs.js';

/** Who has a place in a group. */
export interface PlaceHolder {
  readonly taskId: string;
  /** Null when the task itself holds the place, for its node. */
  readonly stepId: string | null;
  readonly verb: Verb | null;
  readonly nodeName: string | null;
  readonly since: number;
}

/**
 * One thing that stands in the way of a step or of a queued task at this moment. Moments are milliseconds since 1970 by
 * the database's clock.
 *
 * need: a step whose answer it needs has not ended. group: its places are taken. group_shut: after an effect that nobody
 * knows; group_spaced: too soon after the last step there; group_ramped: too many in a short time. door: an older step
 * lacked room in the group, and younger ones let it go first. backoff: a call could not find out, or an attempt failed,
 * and it is tried again then. observed: something outside must change; until: the machine is looked at again then;
 * deadline: and at the latest then. unclaimed: it was rung for and no worker has taken it. paused, stopping: somebody asked
 * for it. no_scheduler: nobody alive drives the task. lane_busy, queue: what runs in the lane, and how many stand before.
 * ready: nothing stands in its way.
 */
export type Blocker =
  | {
      readonly reason: 'need';
      readonly stepId: string;
      readonly verb: Verb;
      readonly nodeName: string | null;
      readonly status: StepStatus;
      readonly wanted: Need['ended'];
    }
  | {
      readonly reason: 'group';
      readonly group: string;
      readonly scope: GroupScope;
      readonly limit: number;
      readonly held: number;
      /** Places that the step needs there. */
      readonly weight: number;
      /** Those who have been there longest; all of them unless there are many. */
      readonly holders: readonly PlaceHolder[];
    }
  | { readonly reason: 'group_shut' | 'group_spaced' | 'group_ramped'; readonly group: string; readonly until: number }
  | { readonly reason: 'door'; readonly group: string; readonly since: number }
  | {
      readonly reason: 'backoff';
      readonly until: number;
      readonly attempt: number;
      /** Calls in a row that could not find out. */
      readonly tries: number;
      readonly errorClass: ErrorClass | null;
      readonly error: string | null;
    }
  | { readonly reason: 'observed'; readonly source: string; readonly key: string | null; readonly since: number | null }
  | { readonly reason: 'until' | 'deadline'; readonly until: number }
  | {
      readonly reason: 'unclaimed';
      readonly since: number | null;
      readonly rings: number;
      /** Alive, with what they can execute at a time. */
      readonly workers: number;
      readonly slots: number;
    }
  | { readonly reason: 'paused'; readonly what: 'task' | 'lane'; readonly by: string | null; readonly since: number }
  | { readonly reason: 'stopping'; readonly by: string | null; readonly since: number | null }
  | {
      readonly reason: 'lane_busy';
      readonly taskId: string;
      readonly action: TaskAction;
      readonly status: TaskStatus;
      readonly since: number | null;
    }
  | { readonly reason: 'queue'; readonly ahead: number }
  | { readonly reason: 'no_scheduler' | 'ready' };

export type BlockerReason = Blocker['reason'];
