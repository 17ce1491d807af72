import type { ErrorClass } from '../error-class.js';
import { type GroupLack, lackIn } from '../groups/group-lack.js';
import type { GroupState } from '../groups/group-state.js';
import type { GroupNeed } from '../groups/group.js';
import type { GroupsOf } from '../groups/groups-by-node.js';
import type { StepStatus } from '../step-moves.js';
import type { Need, StepEnd, StepKey } from '../step.js';
import type { Verb } from '../verbs.js';
import type { Blocker, PlaceHolder } from './blocker.js';
import { holdsAdmission, stopping, undriven } from './explain-task.js';
import type { TaskStand } from './task-stand.js';

/** A step that does not run and has not ended. Moments in milliseconds since 1970. */
export interface IdleStep {
  readonly id: string;
  readonly key: StepKey;
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly status: Exclude<StepStatus, 'running' | 'ended'>;
  readonly needs: readonly Need[];
  readonly join: 'all' | 'any';
  readonly attempt: number;
  readonly tries: number;
  readonly rings: number;
  readonly rangAt: number | null;
  /** Kept from its first admission on. */
  readonly readySince: number | null;
  /** A worker claimed it before: it is admitted again although the task is paused. */
  readonly hasBegun: boolean;
  readonly notBefore: number | null;
  readonly deadlineAt: number | null;
  readonly updatedAt: number | null;
  readonly observeSource: string | null;
  readonly observeKey: string | null;
  readonly errorClass: ErrorClass | null;
  readonly error: string | null;
  readonly isStopping: boolean;
}

/** A step that others need. */
export interface NeededStep {
  readonly id: string;
  readonly key: StepKey;
  readonly verb: Verb;
  readonly nodeName: string | null;
  readonly status: StepStatus;
  readonly end: StepEnd | null;
  readonly endedAt: number | null;
}

/** Why the newest attempt of a node failed. */
export interface LastFailure {
  readonly errorClass: ErrorClass | null;
  readonly error: string | null;
}

/** Everything around a step that may keep it. What it names beyond the step is read for many steps at once. */
export interface StepFacts {
  readonly task: TaskStand;
  readonly needed: ReadonlyMap<StepKey, NeededStep>;
  readonly groupsOf: GroupsOf;
  readonly groups: ReadonlyMap<string, GroupState>;
  readonly holders: ReadonlyMap<string, readonly PlaceHolder[]>;
  /** Keys of the groups in which a step has a place, by its id. */
  readonly ownPlaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Nodes for which the task has a place. */
  readonly ownNodes: ReadonlySet<string>;
  readonly lastFailures: ReadonlyMap<string, LastFailure>;
}

/**
 * Everything that stands in the way of a step at this moment, by the same rules by which schedulers admit. A step that was
 * never admitted counts as ready since what it needed last had ended: the scheduler's own moment is not stored.
 */
export function explainStep(step: IdleStep, facts: StepFacts): readonly Blocker[] {
  const blockers = explainers[step.status](step, facts);
  return blockers.length > 0 ? blockers : [{ reason: 'ready' }];
}

const explainers: Readonly<Record<IdleStep['status'], (step: IdleStep, facts: StepFacts) => readonly Blocker[]>> = {
  pending: explainPending,
  admitted: (step, { task }) => [
    ...stoppingOf(step, task),
    { reason: 'unclaimed', since: step.rangAt, rings: step.rings, workers: task.workers, slots: task.slots },
  ],
  waiting: (step, { task }) => [...stoppingOf(step, task), ...wakesOf(step, task.now)],
};

function stoppingOf(step: IdleStep, task: TaskStand): readonly Blocker[] {
  return step.isStopping ? stopping(task) : [];
}

/** A task that stops admits no step but those that must settle what they began. */
function explainPending(step: IdleStep, facts: StepFacts): readonly Blocker[] {
  const { task } = facts;
  if (task.stopping && !step.isStopping) return stopping(task);
  const needs = unmetNeeds(step, facts.needed);
  if (needs.length > 0) return needs;
  const around = [...stoppingOf(step, task), ...(step.hasBegun ? undriven(task) : holdsAdmission(task))];
  if (step.notBefore !== null && step.notBefore > task.now) {
    return [backoffOf(step, step.notBefore, facts.lastFailures), ...around];
  }
  return [...around, ...lacksOf(step, facts)];
}

/** A step that was admitted before had its needs met, and keeps that. */
function unmetNeeds(step: IdleStep, needed: StepFacts['needed']): readonly Blocker[] {
  if (step.readySince !== null) return [];
  const isMet = (need: Need): boolean => needed.get(need.step)?.end === need.ended;
  if (step.join === 'any' && step.needs.some(isMet)) return [];
  return step.needs.flatMap((need): readonly Blocker[] => {
    const other = needed.get(need.step);
    if (!other || other.status === 'ended') return [];
    const { id, verb, nodeName, status } = other;
    return [{ reason: 'need', stepId: id, verb, nodeName, status, wanted: need.ended }];
  });
}

/** The first step of a new attempt waits because the attempt before it failed. */
function backoffOf(step: IdleStep, until: number, lastFailures: StepFacts['lastFailures']): Blocker {
  const { attempt, tries } = step;
  const own = { errorClass: step.errorClass, error: step.error };
  const cause = step.error === null ? (lastFailures.get(step.nodeName ?? '') ?? own) : own;
  return { reason: 'backoff', until, attempt, tries, ...cause };
}

function lacksOf(step: IdleStep, facts: StepFacts): readonly Blocker[] {
  const own = facts.ownPlaces.get(step.id);
  const hasNode = step.nodeName !== null && facts.ownNodes.has(step.nodeName);
  const candidate = { readySince: readySinceOf(step, facts), isHolding: hasNode || (own?.size ?? 0) > 0 };
  return facts.groupsOf(step).flatMap((need): readonly Blocker[] => {
    const group = facts.groups.get(need.key);
    const isHeld = need.scope === 'task' ? hasNode : own?.has(need.key) === true;
    // A group without a row has nobody in it: the next admission makes it.
    if (!group || isHeld) return [];
    const lack = lackIn(group, need, { candidate, now: facts.task.now });
    return lack ? [blockerOf(lack, need, { group, holders: facts.holders.get(need.key) ?? [] })] : [];
  });
}

function readySinceOf(step: IdleStep, { task, needed }: StepFacts): number {
  if (step.readySince !== null) return step.readySince;
  const ends = step.needs.flatMap((need) => needed.get(need.step)?.endedAt ?? []);
  return Math.max(task.startedAt ?? 0, ...ends);
}

interface Room {
  readonly group: GroupState;
  readonly holders: readonly PlaceHolder[];
}

function blockerOf(lack: GroupLack, need: GroupNeed, { group, holders }: Room): Blocker {
  if (lack.kind === 'full') {
    const { limit, held } = group;
    return { reason: 'group', group: need.key, scope: need.scope, limit, held, weight: need.weight, holders };
  }
  if (lack.kind === 'door') return { reason: 'door', group: need.key, since: lack.since };
  return { reason: `group_${lack.kind}`, group: need.key, until: lack.until };
}

function wakesOf(step: IdleStep, now: number): readonly Blocker[] {
  const { observeSource: source, observeKey: key, updatedAt: since, notBefore, deadlineAt } = step;
  return [
    ...(source === null ? [] : [{ reason: 'observed', source, key, since } as const]),
    ...(notBefore === null ? [] : [{ reason: 'until', until: notBefore } as const]),
    ...(deadlineAt === null || deadlineAt <= now ? [] : [{ reason: 'deadline', until: deadlineAt } as const]),
  ];
}
