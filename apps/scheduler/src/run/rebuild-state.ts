import type { GroupsOf, Need, PlannedStep, Verb } from '@drydock/model';
import {
  type Database,
  ensureGroups,
  guardCycle,
  readAllSteps,
  readPlaces,
  type RunRef,
  type StoredStep,
} from '@drydock/model/db';
import { RunState } from './run-state.js';

/** Everything that memory knows of a run, from the database: at a start, a take-over and after a failed write. */
export async function rebuildState(db: Database, run: RunRef, groupsOf: GroupsOf): Promise<RunState> {
  const { now, isTerminating, steps, places } = await db.transaction(async (tx) => {
    const { now, isTerminating } = await guardCycle(tx, run);
    const steps = (await readAllSteps(tx, run.taskId)).map(beforeItsMove);
    // The configuration may have changed since the plan was made.
    await ensureGroups(
      tx,
      steps.flatMap((stored) => groupsOf(plannedOf(stored))),
    );
    return { now, isTerminating, steps, places: await readPlaces(tx, run.taskId) };
  });
  const state = new RunState();
  if (isTerminating) state.stop(now);
  const heldBy = new Map<string, Set<string>>();
  for (const place of places) {
    if (place.nodeName !== null) state.heldNodes.add(place.nodeName);
    if (place.stepId !== null) heldBy.set(place.stepId, (heldBy.get(place.stepId) ?? new Set()).add(place.groupKey));
  }
  for (const stored of steps) {
    const planned = plannedOf(stored);
    state.add({
      id: stored.id,
      planned,
      groups: groupsOf(planned),
      status: stored.status,
      end: stored.end,
      readySince: stored.readySinceMs,
      notBefore: stored.status === 'waiting' ? stored.wakeMs : stored.notBeforeMs,
      hasBegun: stored.hasBegun,
      isSettling: stored.stopping,
      held: heldBy.get(stored.id) ?? new Set(),
    });
  }
  const ready = new Set(state.progress.add(steps.map(plannedOf)).ready);
  for (const stored of steps) {
    if (stored.end === null) continue;
    for (const key of state.progress.end(stored.key, stored.end).ready) ready.add(key);
  }
  for (const stored of steps) resume(state, stored, ready, now);
  return state;
}

/** A move that nobody has looked at is still to be taken: until then the step counts as running. */
function beforeItsMove(stored: StoredStep): StoredStep {
  return stored.moved ? { ...stored, status: 'running', end: null } : stored;
}

/** A pending step that was ready before is pending again after a wait or a retry: its needs are long met. */
function resume(state: RunState, stored: StoredStep, ready: ReadonlySet<number>, now: number): void {
  const step = state.steps.get(stored.key);
  if (!step) return;
  if (step.status === 'pending' && (ready.has(stored.key) || stored.readySinceMs !== null)) state.offer(step, now);
  if (step.status !== 'waiting') return;
  if (stored.wakeMs !== null) state.timers.add(stored.wakeMs, stored.key);
}

function plannedOf(stored: StoredStep): PlannedStep {
  return {
    key: stored.key,
    verb: stored.verb as Verb,
    nodeName: stored.nodeName,
    needs: stored.needs as readonly Need[],
    join: stored.join,
    attempt: stored.attempt,
    maxAttempts: stored.maxAttempts,
    retryFrom: stored.retryFrom as Verb | null,
    deadlineSeconds: stored.deadlineSeconds,
  };
}
