import { backoffSeconds, type BackoffPolicy, errorClasses, type StepStatus } from '@drydock/model';
import type { MovedStep } from '@drydock/model/db';
import { planRetry } from '@drydock/orchestrator';
import type { CycleChanges } from './cycle-changes.js';
import { noteOfAttempt, noteOfNoAttempt } from './notes-of-attempts.js';
import type { LiveStep, RunState } from './run-state.js';
import { budgetKeysOf } from './step-budgets.js';

export interface MoveSurroundings {
  /** The database's clock, milliseconds. */
  readonly now: number;
  readonly random: () => number;
  /** Between two attempts of a step. */
  readonly attemptBackoff: BackoffPolicy;
}

/** One move, and everything that it may change. */
interface Moving {
  readonly state: RunState;
  readonly step: LiveStep;
  readonly move: MovedStep;
  readonly changes: CycleChanges;
  readonly around: MoveSurroundings;
}

/** Takes one move into memory and gathers what must be written because of it. */
export function applyMove(state: RunState, move: MovedStep, changes: CycleChanges, around: MoveSurroundings): void {
  const step = state.steps.get(move.key);
  if (!step || step.status === 'ended') return;
  step.hasBegun = move.hasBegun;
  step.isSettling = move.stopping;
  moves[move.status]({ state, step, move, changes, around });
}

/** By the status in which the step was found. */
const moves: Readonly<Record<StepStatus, (moving: Moving) => void>> = {
  ended: ({ state, step, move, changes, around }) => {
    const end = move.end ?? 'failed';
    state.close(step, end);
    changes.ended(step, end);
    changes.endedStepIds.push(step.id);
    giveBack(state, step, [...step.held]);
    if (move.errorClass === 'effect_unknown') changes.shut(step);
    if (
      end === 'failed' &&
      move.errorClass !== null &&
      errorClasses[move.errorClass].isRetryable &&
      !state.isStopping
    ) {
      tryAgain({ state, step, move, changes, around });
    }
    advance(state, step, changes, around.now);
    freeNode(state, step.planned.nodeName, changes);
  },
  waiting: ({ state, step, move, changes }) => {
    step.status = 'waiting';
    step.notBefore = move.wakeMs;
    rest(state, step, changes);
    if (move.wakeMs !== null) state.timers.add(move.wakeMs, step.planned.key);
  },
  pending: ({ state, step, move, changes, around }) => {
    step.status = 'pending';
    step.notBefore = move.notBeforeMs;
    if (move.unpaidTries > 0 && !state.isStopping) payForTry(step, move, changes);
    rest(state, step, changes);
    state.offer(step, around.now);
  },
  // It was moved and has moved on since: the next move tells.
  admitted: () => undefined,
  running: () => undefined,
};

/** The places of a call go back; those that last are kept through waiting and retries. */
function rest(state: RunState, step: LiveStep, changes: CycleChanges): void {
  const keys = step.groups.filter((need) => need.scope === 'call' || need.scope === 'steps').map((need) => need.key);
  const given = keys.filter((key) => step.held.has(key));
  if (given.length === 0) return;
  changes.restingStepIds.push(step.id);
  giveBack(state, step, given);
}

function giveBack(state: RunState, step: LiveStep, keys: readonly string[]): void {
  for (const key of keys) {
    state.letGo(step, key);
    state.ready.unpark(key, 1);
  }
}

/** A step that cannot pay gets its last call at once. */
function payForTry(step: LiveStep, move: MovedStep, changes: CycleChanges): void {
  const budget = changes.budgets?.spendTry(move.triesTotal, budgetKeysOf(step)) ?? null;
  if (budget !== null) changes.exhausted.push({ step, budget });
}

function tryAgain({ state, step, move, changes, around }: Moving): void {
  const planned = state.plannedOf(step.planned.nodeName);
  const already = changes.fresh.reduce((sum, fresh) => sum + fresh.steps.length, 0);
  const steps = planRetry(planned, step.planned, state.nextKey + already);
  if (steps.length === 0) return;
  const budget = changes.budgets?.spend(budgetKeysOf(step)) ?? null;
  if (budget !== null) {
    changes.stepNotes.push(noteOfNoAttempt(step, budget));
    return;
  }
  const delaySeconds = backoffSeconds(around.attemptBackoff, step.planned.attempt, around.random());
  changes.fresh.push({ steps, delaySeconds });
  changes.stepNotes.push(noteOfAttempt(step, move.errorClass, { steps, delaySeconds }));
}

/** What the end of a step makes possible or impossible. */
function advance(state: RunState, step: LiveStep, changes: CycleChanges, now: number): void {
  const { ready, skipped } = state.progress.end(step.planned.key, step.end ?? 'failed');
  // What has not begun is cancelled.
  if (state.isStopping) return;
  for (const key of skipped) {
    const other = state.steps.get(key);
    if (other && state.close(other, 'skipped')) changes.ended(other, 'skipped');
  }
  for (const key of ready) {
    const other = state.steps.get(key);
    if (other) state.offer(other, now);
  }
}

function freeNode(state: RunState, nodeName: string | null, changes: CycleChanges): void {
  if (nodeName === null || state.openIn(nodeName) > 0 || !state.heldNodes.has(nodeName)) return;
  if (changes.fresh.some(({ steps }) => steps.some((step) => step.nodeName === nodeName))) return;
  state.heldNodes.delete(nodeName);
  changes.freedNodes.push(nodeName);
}
