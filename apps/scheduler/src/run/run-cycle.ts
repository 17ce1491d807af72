import { admit, foldResult, type GroupNeed, type TaskResult } from '@drydock/model';
import {
  countStages,
  type Database,
  delaySteps,
  finishTask,
  guardRun,
  insertSteps,
  loadGroups,
  type NewPlace,
  releasePlaces,
  type RunRef,
  type Ringable,
  skipSteps,
  takeMoves,
  type Transaction,
  wakeDueSteps,
  writeAdmission,
} from '@drydock/model/db';
import { applyMove, type MoveSurroundings } from './apply-move.js';
import { CycleChanges } from './cycle-changes.js';
import type { GroupsOf } from './node-facts.js';
import { freshStep, type LiveStep, type RunState } from './run-state.js';

export interface CycleParts {
  readonly db: Database;
  readonly run: RunRef;
  readonly stepsPerSlot: number;
  readonly groupsOf: GroupsOf;
  readonly surroundings: Omit<MoveSurroundings, 'now'>;
}

export interface CycleResult {
  /** To be rung after the commit. */
  readonly rings: readonly Ringable[];
  /** Set when the task has ended in this cycle. */
  readonly result: TaskResult | null;
  /** The database's clock at the start, milliseconds. */
  readonly now: number;
  /** More moves are waiting. */
  readonly hasMore: boolean;
}

const movesPerCycle = 500;
const candidatesPerPass = 500;
/** A pass that parks steps may leave room that the next in line can use. */
const passesPerCycle = 4;
/** The clock of memory is coarser than the database's: a step that is not quite due is looked at again. */
const lookAgainMilliseconds = 20;

/**
 * One transaction: takes moves, gives back, advances, admits, counts, and ends the task when nothing is open.
 * Memory is changed on the way: when it throws, the caller must drop the state and rebuild it.
 */
export async function runCycle(state: RunState, parts: CycleParts): Promise<CycleResult> {
  return await parts.db.transaction(async (tx) => {
    const now = await guardRun(tx, parts.run);
    const changes = new CycleChanges();
    const moves = [...(await takeMoves(tx, parts.run.taskId, movesPerCycle))];
    moves.push(...(await takeDue(tx, state, parts.run.taskId, now)));
    for (const move of moves) applyMove(state, move, changes, { ...parts.surroundings, now });
    await writeFresh(tx, state, changes, { parts, now });
    if (changes.hasReleases) await releasePlaces(tx, parts.run.taskId, changes.released());
    const rings = await admitReady(tx, state, changes, parts);
    if (changes.skippedStepIds.length > 0) await skipSteps(tx, changes.skippedStepIds);
    const stages = changes.stageChanges();
    if (stages.length > 0) await countStages(tx, parts.run.taskId, stages);
    const result = state.isOver ? foldResult(state.endedSteps()) : null;
    if (result) await finishTask(tx, parts.run, result);
    return { rings, result, now, hasMore: moves.length >= movesPerCycle };
  });
}

/** Steps whose time has come: pending ones are offered, waiting ones woken in the database. */
async function takeDue(tx: Transaction, state: RunState, taskId: string, now: number) {
  const due = state.timers.takeDue(now).flatMap((key) => state.steps.get(key) ?? []);
  for (const step of due) state.offer(step, now);
  const waiting = due.filter((step) => step.status === 'waiting');
  if (waiting.length === 0) return [];
  const woken = await wakeDueSteps(tx, taskId);
  const wokenIds = new Set(woken.map((step) => step.id));
  for (const step of waiting)
    if (!wokenIds.has(step.id)) state.timers.add(now + lookAgainMilliseconds, step.planned.key);
  return woken;
}

async function writeFresh(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  { parts, now }: { readonly parts: CycleParts; readonly now: number },
): Promise<void> {
  for (const { steps, delaySeconds } of changes.fresh) {
    const ids = await insertSteps(tx, parts.run, steps);
    for (const planned of steps) {
      const id = ids.get(planned.key) ?? '';
      state.add(freshStep(id, planned, parts.groupsOf(planned)));
    }
    const first = state.progress.add(steps).ready.flatMap((key) => state.steps.get(key) ?? []);
    await delaySteps(
      tx,
      first.map((step) => step.id),
      delaySeconds,
    );
    for (const step of first) {
      step.notBefore = now + delaySeconds * 1000;
      state.offer(step, now);
    }
  }
}

async function admitReady(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  parts: CycleParts,
): Promise<Ringable[]> {
  const rings: Ringable[] = [];
  for (let pass = 0; pass < passesPerCycle; pass += 1) {
    const steps = state.ready.take(candidatesPerPass).flatMap((key) => state.steps.get(key) ?? []);
    if (steps.length === 0) break;
    rings.push(...(await admitPass(tx, state, steps, { changes, parts })));
  }
  return rings;
}

async function admitPass(
  tx: Transaction,
  state: RunState,
  steps: readonly LiveStep[],
  { changes, parts }: { readonly changes: CycleChanges; readonly parts: CycleParts },
): Promise<readonly Ringable[]> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const keys = new Set(steps.flatMap((step) => step.groups.map((need) => need.key)));
  const { now, groups } = await loadGroups(tx, [...keys], parts.stepsPerSlot);
  const decision = admit(
    steps.map((step) => state.candidateOf(step, now)),
    groups,
    now,
  );

  for (const { candidate, group, until } of decision.refused) {
    const step = byId.get(candidate.id);
    if (!step) continue;
    const { readySince, isHolding } = candidate;
    state.ready.park({ key: step.planned.key, readySince, isHolding }, group);
    if (until !== null) state.timers.add(until, step.planned.key);
  }
  for (const key of state.ready.parkedGroups()) {
    const group = groups.get(key);
    if (group && group.limit > group.held) state.ready.unpark(key, group.limit - group.held);
  }
  const touched = [...decision.touched].flatMap((key) => groups.get(key) ?? []);
  if (decision.admitted.length === 0 && touched.length === 0) return [];

  const places: NewPlace[] = [];
  for (const candidate of decision.admitted) {
    const step = byId.get(candidate.id);
    if (!step) continue;
    takePlaces(state, step, candidate.needs, places);
    changes.count(step.planned.verb, 'admitted');
  }
  const admitted = decision.admitted.map(({ id, readySince }) => ({ id, readySince }));
  const rung = await writeAdmission(tx, parts.run.taskId, { steps: admitted, places, groups: touched });
  return rung.flatMap(({ id, ring }) => {
    const step = byId.get(id);
    return step
      ? [{ id, ring, taskId: parts.run.taskId, verb: step.planned.verb, nodeName: step.planned.nodeName }]
      : [];
  });
}

function takePlaces(state: RunState, step: LiveStep, needs: readonly GroupNeed[], places: NewPlace[]): void {
  step.status = 'admitted';
  state.ready.remove(step.planned.key);
  const node = step.planned.nodeName;
  for (const need of needs) {
    const isOfTask = need.scope === 'task';
    if (isOfTask && node !== null) state.heldNodes.add(node);
    if (!isOfTask) step.held.add(need.key);
    places.push({
      groupKey: need.key,
      scope: need.scope,
      stepId: isOfTask ? null : step.id,
      nodeName: isOfTask ? node : null,
      weight: need.weight,
    });
  }
}
