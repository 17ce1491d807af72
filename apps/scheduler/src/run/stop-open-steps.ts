import { type Ringable, stopSteps, type StoppedStep, type Transaction } from '@drydock/model/db';
import { applyMove } from './apply-move.js';
import type { CycleChanges } from './cycle-changes.js';
import type { CycleParts } from './cycle-parts.js';
import type { LiveStep, RunState } from './run-state.js';

export interface Stopped {
  /** Steps that are admitted and whose doorbell nobody may be about to answer. */
  readonly rings: readonly Ringable[];
  /** As many as one transaction takes; there are others. */
  readonly hasMore: boolean;
}

const stepsPerCycle = 2000;

/**
 * In a task that was terminated: cancels what nobody executes, and brings back what still owes something to its machine.
 * What a worker executes is left to it; it is told, and its report is the next move.
 */
export async function stopOpenSteps(
  tx: Transaction,
  state: RunState,
  changes: CycleChanges,
  { parts, now }: { readonly parts: CycleParts; readonly now: number },
): Promise<Stopped> {
  if (!state.isStopping) return { rings: [], hasMore: false };
  const open = state.openSteps().slice(0, stepsPerCycle);
  const stopped = await stopSteps(
    tx,
    open.map(({ id }) => id),
  );
  for (const move of stopped) {
    const step = state.steps.get(move.key);
    if (!step) continue;
    applyMove(state, move, changes, { ...parts.surroundings, now });
    if (move.end !== null) changes.ownMoves.push({ event: 'cancel', step });
  }
  const rings = stopped.flatMap((move) => ringOf(state.steps.get(move.key), move, parts.run.taskId));
  return { rings, hasMore: stopped.length >= stepsPerCycle };
}

function ringOf(step: LiveStep | undefined, { id, status, ring }: StoppedStep, taskId: string): readonly Ringable[] {
  if (!step || status !== 'admitted') return [];
  return [{ id, ring, taskId, verb: step.planned.verb, nodeName: step.planned.nodeName }];
}
