import { type PlannedStep, PlanProgress, type RetryScope, type StepEnd, type StepKey, type Verb } from '@drydock/model';
import type { StepLimits } from './step-limits.js';

/** A step of the task that is retried, earlier attempts included. */
export interface RetriedStep {
  readonly id: string;
  readonly planned: PlannedStep;
  /** Null only in a task that has not ended. */
  readonly end: StepEnd | null;
  /** A worker claimed it, so that it may have changed the machine. */
  readonly hasBegun: boolean;
  /** Of a step that was inherited itself: the step that did the work. */
  readonly inheritedFrom: string | null;
}

/** How a step of the new plan ended already. */
export interface InheritedEnd {
  readonly end: StepEnd;
  /** The step that did the work; null when the new plan itself leaves no way to the step. */
  readonly from: string | null;
}

export interface RetryStep {
  readonly planned: PlannedStep;
  /** Null: to be executed. */
  readonly inherited: InheritedEnd | null;
}

const isBad = (end: StepEnd | null): boolean => end === 'failed' || end === 'cancelled';
const isGood = (end: StepEnd | null): boolean => end === 'succeeded' || end === 'absent';

/**
 * The plan of a retry: one step per verb and target of the retried task, in the same order, with keys from 0 and fresh
 * attempts. What the scope chooses and everything that needs it is to be executed; the rest keeps the end that it had,
 * also a failure that nobody asked to try again. A step that failed begins at its `retryFrom`, one that was cancelled
 * before it began at itself. A chosen step below one that failed begins where that one does.
 * @param steps all steps of the retried task, in the order of keys
 */
export function planRetriedTask(
  steps: readonly RetriedStep[],
  scope: RetryScope,
  limits: StepLimits,
): readonly RetryStep[] {
  const newest = [...new Map(steps.map((step) => [placeOf(step.planned), step])).values()];
  const placeByKey = new Map(steps.map(({ planned }) => [planned.key, placeOf(planned)]));
  const keys = new Map(newest.map(({ planned }, key) => [placeOf(planned), key]));
  const keyOf = (old: StepKey): StepKey => keys.get(placeByKey.get(old) ?? '') ?? old;
  const plan = newest.map(({ planned }, key): PlannedStep => {
    const needs = planned.needs.map((need) => ({ ...need, step: keyOf(need.step) }));
    return { ...planned, key, needs, attempt: 0, deadlineSeconds: limits.deadlineSeconds[planned.verb] };
  });
  const again = withDependents(plan, startsOf(steps, { newest, plan, keys }, scope));
  return inherit(newest, plan, again);
}

interface Ground {
  readonly newest: readonly RetriedStep[];
  readonly plan: readonly PlannedStep[];
  readonly keys: ReadonlyMap<string, StepKey>;
}

/** Where the scope begins, by the new keys. */
function startsOf(steps: readonly RetriedStep[], ground: Ground, scope: RetryScope): ReadonlySet<StepKey> {
  if (scope.kind === 'failed') return new Set(ground.newest.flatMap((step) => startOf(step, ground.keys)));
  if (scope.kind === 'node') {
    const names = new Set<string | null>(scope.nodeNames);
    return new Set(ground.plan.filter(({ nodeName }) => names.has(nodeName)).map(({ key }) => key));
  }
  const chosen = steps.find(({ id, inheritedFrom }) => id === scope.stepId || inheritedFrom === scope.stepId);
  const key = chosen && ground.keys.get(placeOf(chosen.planned));
  return key === undefined ? new Set() : new Set([key, ...badAncestors(key, ground)]);
}

/** Where a step that failed begins again; nothing for any other. */
function startOf({ planned, end, hasBegun }: RetriedStep, keys: ReadonlyMap<string, StepKey>): readonly StepKey[] {
  if (!isBad(end)) return [];
  const verb = (hasBegun ? planned.retryFrom : null) ?? planned.verb;
  const key = keys.get(placeOf({ ...planned, verb }));
  return key === undefined ? [] : [key];
}

/** Without them the step could never become ready. */
function badAncestors(key: StepKey, { newest, plan, keys }: Ground): readonly StepKey[] {
  const needed = new Set([key]);
  for (let step = plan[key]; step; step = plan[step.key - 1]) {
    if (needed.has(step.key)) for (const need of step.needs) needed.add(need.step);
  }
  needed.delete(key);
  return newest.flatMap((step, index) => (needed.has(index) ? startOf(step, keys) : []));
}

/** A need stands before the steps that need it, so one reading finds all of them. */
function withDependents(plan: readonly PlannedStep[], starts: ReadonlySet<StepKey>): ReadonlySet<StepKey> {
  const again = new Set(starts);
  for (const { key, needs } of plan) if (needs.some((need) => again.has(need.step))) again.add(key);
  return again;
}

function inherit(
  newest: readonly RetriedStep[],
  plan: readonly PlannedStep[],
  again: ReadonlySet<StepKey>,
): readonly RetryStep[] {
  const ends = newest.map(({ end }, key) => (again.has(key) ? null : end));
  const progress = new PlanProgress();
  const dead = new Set(progress.add(plan).skipped);
  ends.forEach((end, key) => {
    // What was skipped is skipped again by what it needed, unless that is executed now.
    if (end === null || end === 'skipped') return;
    for (const skipped of progress.end(key, end).skipped) dead.add(skipped);
  });
  return plan.map((planned, key) => ({ planned, inherited: endOf(newest[key], ends[key] ?? null, dead.has(key)) }));
}

function endOf(step: RetriedStep | undefined, end: StepEnd | null, isDead: boolean): InheritedEnd | null {
  if (end !== null && (isGood(end) || isBad(end))) return { end, from: step?.inheritedFrom ?? step?.id ?? null };
  return isDead ? { end: 'skipped', from: null } : null;
}

/** No node name holds a line break. */
function placeOf({ nodeName, verb }: { readonly nodeName: string | null; readonly verb: Verb }): string {
  return `${nodeName ?? ''}\n${verb}`;
}
