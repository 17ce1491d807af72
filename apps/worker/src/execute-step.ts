import { isDrydockError, type StatusNote, type StepOutcome, verbs } from '@drydock/model';
import {
  type CallRecord,
  type ClaimedStep,
  claimStep,
  type Database,
  isDatabaseUnavailable,
  type MoveNotifier,
  reportStep,
  type StepMove,
} from '@drydock/model/db';
import { runVerb, type StepDrivers } from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import { CallContext } from './call-context.js';
import { judgeError } from './judge-error.js';
import type { LeaseKeeper } from './lease-keeper.js';
import type { MaterialLoader } from './load-material.js';
import { moveOfOutcome } from './move-of-outcome.js';

export interface ExecutorParts {
  readonly db: Database;
  readonly holderId: string;
  readonly leases: LeaseKeeper;
  readonly material: MaterialLoader;
  readonly drivers: StepDrivers;
  readonly notifier: MoveNotifier;
  readonly log: Log;
  readonly random: () => number;
}

const noSaying = { notes: [], buildData: [], hasDetailLogs: false } as const;

/**
 * Executes one admitted step: claim, call the driver, commit what it answered under the fence.
 * @throws when the database cannot be reached: the job goes back and is rung again
 */
export async function executeStep(stepId: string, parts: ExecutorParts): Promise<void> {
  const claim = await claimStep(parts.db, stepId, parts.holderId);
  if (claim.kind === 'not_mine') {
    parts.log.info('step not claimed', { stepId, status: claim.status });
    return;
  }
  const { step } = claim;
  const log = parts.log.child({
    taskId: step.taskId,
    stepId,
    nodeName: step.nodeName,
    verb: step.verb,
    attempt: step.attempt,
  });
  const abort = parts.leases.hold(step.id, step.fence);
  const timeout = AbortSignal.timeout(verbs[step.verb].callSeconds * 1000);
  const signal = AbortSignal.any([abort.signal, timeout]);
  const context = new CallContext(step, { db: parts.db, log, signal, sendBefore: () => parts.leases.sendBefore });
  const startedAt = performance.now();
  try {
    const answer = await answerOf(step, context, parts, abort.signal);
    const { move } = answer;
    await report(step, answer, parts);
    parts.notifier.notify();
    log.info('step moved', {
      move: move.kind,
      ...factsOf(move),
      durationMs: Math.round(performance.now() - startedAt),
    });
  } catch (error) {
    if (!isDrydockError(error, 'fence_lost')) throw error;
    log.warn('step lost', { error: error.message });
  } finally {
    parts.leases.release(step.id, step.fence);
  }
}

interface Answer {
  readonly move: StepMove;
  readonly record: CallRecord;
}

/** A report that the database refuses for what it says must not keep the step for ever: it ends, and says so. */
async function report(step: ClaimedStep, { move, record }: Answer, parts: ExecutorParts): Promise<void> {
  const lease = { stepId: step.id, fence: step.fence };
  try {
    await reportStep(parts.db, lease, move, record);
  } catch (error) {
    if (isDrydockError(error, 'fence_lost') || isDatabaseUnavailable(error)) throw error;
    const reason = `what ${step.verb} answered could not be stored; see the worker's log`;
    parts.log.error('report refused by the database', { stepId: step.id, error });
    const end: StepMove = { kind: 'end', end: 'failed', errorClass: 'internal', reason, focus: [] };
    await reportStep(parts.db, lease, end, {
      ...noSaying,
      settlements: [],
      progress: undefined,
      notes: [why(end, step)],
    });
  }
}

/** @param abort set when it is we who stop the call: for the end of the process, of the lease or of the task */
async function answerOf(
  step: ClaimedStep,
  context: CallContext,
  parts: ExecutorParts,
  abort: AbortSignal,
): Promise<Answer> {
  try {
    const material = await parts.material.load(step);
    const outcome = await runVerb(step.verb, parts.drivers, material, context);
    return fromOutcome(outcome, step, context);
  } catch (error) {
    // Also when a write came too late for the lease: if the step is still ours, it is tried again; if not, the report
    // finds out.
    context.log.warn('call failed', { error, tries: step.tries });
    if (abort.aborted) return { move: { kind: 'giveBack' }, record: { ...noSaying, ...context.unwritten() } };
    const move = judgeError(error, step, context, parts.random());
    const record = { ...noSaying, notes: notesOfError(move, step), ...context.unwritten() };
    return { move, record };
  }
}

function fromOutcome(outcome: StepOutcome, step: ClaimedStep, context: CallContext): Answer {
  const move = moveOfOutcome(outcome, step, context.isEffectOpen);
  const unwritten = context.unwritten();
  const hasSaidWhy = outcome.notes.some((note) => note.isError);
  const notes =
    move.kind === 'end' && move.end === 'failed' && !hasSaidWhy ? [...outcome.notes, why(move, step)] : outcome.notes;
  return {
    move,
    record: {
      notes,
      buildData: outcome.buildData ?? [],
      hasDetailLogs: outcome.hasDetailLogs ?? false,
      settlements: unwritten.settlements,
      progress: outcome.kind === 'waiting' ? outcome.progress : unwritten.progress,
    },
  };
}

/** The user hears of the first failure and of the last, not of every try between. */
function notesOfError(move: StepMove, step: ClaimedStep): readonly StatusNote[] {
  if (move.kind === 'end') return [why(move, step)];
  if (move.kind !== 'retry' || step.tries > 0) return [];
  return [{ ...aboutTarget(step), text: `${move.reason} (will be tried again)`, isError: false }];
}

function why(move: Extract<StepMove, { kind: 'end' }>, step: ClaimedStep): StatusNote {
  return { ...aboutTarget(step), text: move.reason ?? `${step.verb} failed`, isError: true };
}

function aboutTarget(step: ClaimedStep): { readonly contextType: string; readonly context: string } {
  return step.nodeName === null
    ? { contextType: 'NA', context: 'NA' }
    : { contextType: 'node', context: step.nodeName };
}

function factsOf(move: StepMove): Readonly<Record<string, unknown>> {
  if (move.kind === 'end') return { end: move.end, errorClass: move.errorClass, reason: move.reason };
  if (move.kind === 'wait') return { afterSeconds: move.afterSeconds, observes: move.observe?.key };
  if (move.kind === 'giveBack') return {};
  return { afterSeconds: move.afterSeconds, reason: move.reason };
}
