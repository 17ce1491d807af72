import { type Blocker, type PlaceHolder, verbs } from '@drydock/model';
import type { StepCounts } from '@drydock/model/db';
import type { ExplainedStep, ExplainedTask } from '../why/why-task.js';
import { timestamp } from './timestamp.js';

/** What `GET /tasks/{id}/why` answers: why a task, and each of its steps that does not run, does not go on. */
export interface WhyDocument {
  readonly task_id: string;
  readonly action: string;
  readonly status: string;
  readonly lane: string;
  /** In the lane, from 1; null unless queued. */
  readonly position: number | null;
  /** Of the task as a whole. */
  readonly blockers: readonly BlockerDocument[];
  /** Steps that have not ended, all pages together. */
  readonly counts: StepCounts;
  readonly steps: readonly WhyStepDocument[];
}

export interface WhyStepDocument {
  readonly step_id: string;
  readonly action: string;
  readonly verb: string;
  readonly node_name: string | null;
  readonly attempt: number;
  readonly status: string;
  readonly deadline: string | null;
  readonly blockers: readonly BlockerDocument[];
}

/** `reason` says which other members there are. */
export type BlockerDocument = Readonly<Record<string, unknown>> & { readonly reason: Blocker['reason'] };

export function whyDocument({ task, blockers, counts, steps }: ExplainedTask): WhyDocument {
  return {
    task_id: task.id,
    action: task.action,
    status: task.status,
    lane: task.lane,
    position: task.status === 'queued' ? task.ahead + 1 : null,
    blockers: blockers.map(blockerDocument),
    counts,
    steps: steps.map(stepDocument),
  };
}

function stepDocument({ step, blockers }: ExplainedStep): WhyStepDocument {
  return {
    step_id: step.id,
    action: verbs[step.verb].apiAction,
    verb: step.verb,
    node_name: step.nodeName,
    attempt: step.attempt,
    status: step.status,
    deadline: moment(step.deadlineAt),
    blockers: blockers.map(blockerDocument),
  };
}

function blockerDocument(blocker: Blocker): BlockerDocument {
  return { reason: blocker.reason, ...(membersOf[blocker.reason] as (blocker: Blocker) => object)(blocker) };
}

type BlockerOf<Reason extends Blocker['reason']> = Extract<Blocker, { readonly reason: Reason }>;
const nothing = (): object => ({});
const untilMoment = ({ until }: { readonly until: number }): object => ({ until: moment(until) });
const groupUntil = ({ group, until }: { readonly group: string; readonly until: number }): object => ({
  group,
  until: moment(until),
});

const membersOf: { readonly [Reason in Blocker['reason']]: (blocker: BlockerOf<Reason>) => object } = {
  need: ({ stepId, verb, nodeName, status, wanted }) => ({
    ...{ step_id: stepId, action: verbs[verb].apiAction, verb, node_name: nodeName, status, wanted },
  }),
  group: ({ group, scope, limit, held, weight, holders }) => ({
    ...{ group, scope, limit, held, weight },
    holders: holders.map(holderDocument),
  }),
  group_shut: groupUntil,
  group_spaced: groupUntil,
  group_ramped: groupUntil,
  door: ({ group, since }) => ({ group, since: moment(since) }),
  backoff: ({ until, attempt, tries, errorClass, error }) => ({
    ...{ until: moment(until), attempt, tries, error_class: errorClass, error },
  }),
  observed: ({ source, key, since }) => ({ source, key, since: moment(since) }),
  until: untilMoment,
  deadline: untilMoment,
  unclaimed: ({ since, rings, workers, slots }) => ({ since: moment(since), rings, workers, slots }),
  paused: ({ what, by, since }) => ({ what, by, since: moment(since) }),
  stopping: ({ by, since }) => ({ by, since: moment(since) }),
  lane_busy: ({ taskId, action, status, since }) => ({ task_id: taskId, action, status, since: moment(since) }),
  queue: ({ ahead }) => ({ ahead }),
  no_scheduler: nothing,
  ready: nothing,
};

function holderDocument({ taskId, stepId, verb, nodeName, since }: PlaceHolder): object {
  const action = verb === null ? null : verbs[verb].apiAction;
  return { task_id: taskId, step_id: stepId, action, verb, node_name: nodeName, since: moment(since) };
}

function moment(milliseconds: number | null): string | null {
  return milliseconds === null ? null : timestamp(new Date(milliseconds).toISOString());
}
