import { foldResult, type TaskResult, unknownEffectSeconds } from '@drydock/model';
import {
  delaySteps,
  finishTask,
  guardCycle,
  insertSteps,
  noteTask,
  readStops,
  type Ringable,
  shutGroups,
  skipSteps,
  takeMoves,
  type Transaction,
  wakeDueSteps,
} from '@drydock/model/db';
import { admitReady, pausedLot } from './admit-ready.js';
import { applyMove } from './apply-move.js';
import { CycleChanges, type ExhaustedTry, type FreshAttempt, type OwnMove } from './cycle-changes.js';
import type { CycleParts } from './cycle-parts.js';
import { notesOfStops } from './notes-of-stops.js';
import { freshStep, type RunState } from './run-state.js';
import { loadBudgets, settleBudgets } from './step-budgets.js';
import { stopOpenSteps } from './stop-open-steps.js';

export interface CycleResult {
  /** To be rung after the commit. */
  readonly rings: readonly Ringable[];
  /** Set when the task has ended in this cycle. */
  readonly result: TaskResult | null;
  /** The database's clock at the start, milliseconds. */
  readonly now: number;
  /** Moves that it took. */
  readonly moves: number;
  /** More moves are waiting. */
  readonly hasMore: boolean;
  /** To be logged after the commit, like the attempts and the groups that were shut. */
  readonly ownMoves: readonly OwnMove[];
  readonly fresh: readonly FreshAttempt[];
  readonly exhausted: readonly ExhaustedTry[];
  readonly shutGroups: readonly string[];
}

const movesPerCycle = 500;
/** The clock of memory is coarser than the database's: a step that is not quite due is looked at again. */
const lookAgainMilliseconds = 20;

/**
 * One transaction: takes moves, gives back, advances, admits, counts, and ends the task when nothing is open.
 * Memory is changed on the way: when it throws, the caller must drop the state and rebuild it.
 */
export async function runCycle(state: RunState, parts: CycleParts): Promise<CycleResult> {
  return await parts.db.transaction(async (tx) => {
    const { now, isTerminating, isPaused } = await guardCycle(tx, parts.run);
    if (isTerminating) state.stop(now);
    if (!isPaused) state.ready.unpark(pausedLot, Infinity);
    const changes = new CycleChanges();
    const moves = [...(await takeMoves(tx, parts.run.taskId, movesPerCycle))];
    moves.push(...(await takeDue(tx, state, changes, { taskId: parts.run.taskId, now })));
    changes.budgets = await loadBudgets(tx, state, { moves, policy: parts.retryPolicy, now });
    for (const move of moves) applyMove(state, move, changes, { ...parts.surroundings, now });
    await settleBudgets(tx, state, changes, { taskId: parts.run.taskId, now });
    await writeFresh(tx, state, changes, { parts, now });
    const stopped = await stopOpenSteps(tx, state, changes, { parts, now });
    if (changes.shutGroups.size > 0) await shutGroups(tx, [...changes.shutGroups], unknownEffectSeconds);
    if (changes.skippedStepIds.length > 0) await skipSteps(tx, changes.skippedStepIds);
    const rings = [...stopped.rings, ...(await admitReady(tx, state, changes, parts))];
    const result = state.isOver ? foldResult(state.endedSteps()) : null;
    if (result && state.isStopping) {
      await noteTask(tx, parts.run.taskId, notesOfStops(await readStops(tx, parts.run.taskId)));
    }
    if (result) await finishTask(tx, parts.run, result);
    const { ownMoves, fresh, exhausted } = changes;
    const hasMore = moves.length >= movesPerCycle || stopped.hasMore;
    return {
      rings,
      result,
      now,
      moves: moves.length,
      hasMore,
      ownMoves,
      fresh,
      exhausted,
      shutGroups: [...changes.shutGroups],
    };
  });
}

interface Moment {
  readonly taskId: string;
  readonly now: number;
}

/** Whose time has come: the first of a group is brought back, pending steps are offered, waiting ones woken in the database. */
async function takeDue(tx: Transaction, state: RunState, changes: CycleChanges, { taskId, now }: Moment) {
  for (const group of state.alarms.takeDue(now)) state.ready.unpark(group, 1);
  const due = state.timers.takeDue(now).flatMap((key) => state.steps.get(key) ?? []);
  for (const step of due) state.offer(step, now);
  // A step that has begun to wait anew since has another time, and a timer of its own for it.
  const waiting = due.filter((step) => step.status === 'waiting' && (step.notBefore ?? Infinity) <= now);
  if (waiting.length === 0) return [];
  const woken = await wakeDueSteps(tx, taskId);
  const wokenIds = new Set(woken.map((step) => step.id));
  for (const step of waiting) {
    if (wokenIds.has(step.id)) changes.ownMoves.push({ event: 'due', step });
    else state.timers.add(now + lookAgainMilliseconds, step.planned.key);
  }
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
