import {
  type Effect,
  isDrydockError,
  type RetrySettings,
  type StepOutcome,
  unknownFormat,
  verbs,
} from '@drydock/model';
import {
  type CallRecord,
  type ClaimedStep,
  type GroupedWrites,
  isDatabaseUnavailable,
  type MoveNotifier,
  type StepMove,
} from '@drydock/model/db';
import { runVerb, type StepDrivers } from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import { endOfCall, type Tracing } from '@drydock/telemetry';
import { CallContext } from './call-context.js';
import { callMilliseconds } from './call-milliseconds.js';
import { endWithSignal } from './end-with-signal.js';
import { joinSignals } from './join-signals.js';
import { blame, judgeError } from './judge-error.js';
import type { HeldCall, LeaseKeeper } from './lease-keeper.js';
import { leaveAlone } from './leave-alone.js';
import type { MaterialLoader } from './load-material.js';
import { moveOfFault } from './move-of-fault.js';
import { moveOfOutcome } from './move-of-outcome.js';
import { refusedAnswer } from './refused-answer.js';
import type { RetryChance } from './retry-chance.js';
import { noteOfEnd, notesOfError } from './step-notes.js';
import { TimeLimit } from './time-limit.js';
import { beginCall, traceIdOf } from './trace-call.js';

export interface ExecutorParts {
  readonly writes: Pick<GroupedWrites, 'claim' | 'intend' | 'report'>;
  readonly leases: LeaseKeeper;
  readonly material: MaterialLoader;
  readonly drivers: StepDrivers;
  readonly notifier: MoveNotifier;
  readonly log: Log;
  readonly random: () => number;
  readonly retry: RetrySettings;
  readonly tracing: Tracing;
}

const noSaying = { notes: [], buildData: [], hasDetailLogs: false } as const;

/**
 * Executes one admitted step: claim, call the driver, commit what it answered under the fence.
 * @throws when the database cannot be reached: the job goes back and is rung again
 */
export async function executeStep(stepId: string, parts: ExecutorParts): Promise<void> {
  const claim = await parts.writes.claim(stepId);
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
    traceId: traceIdOf(step),
  });
  log.debug('step moved', { move: 'claim', fence: step.fence, rungForMs: step.rungForMs });
  const held = parts.leases.hold(step.id, step.fence, step.stopping);
  const startedAt = performance.now();
  const span = beginCall(step, parts.tracing);
  let spanEnd = endOfCall({ kind: 'lost' });
  try {
    const answer = await span.run(() => answerOf(step, { ...parts, log }, held));
    const move = await report(step, answer, { ...parts, log });
    parts.notifier.notify();
    spanEnd = endOfCall(move);
    const durationMs = Math.round(performance.now() - startedAt);
    const admittedForMs = step.admittedForMs === null ? null : Math.round(step.admittedForMs + durationMs);
    log.info('step moved', { move: move.kind, ...factsOf(move), durationMs, admittedForMs });
  } catch (error) {
    if (!isDrydockError(error, 'fence_lost')) throw error;
    log.warn('step lost', { error: error.message });
  } finally {
    parts.leases.release(step.id, step.fence);
    span.end(spanEnd);
  }
}

interface Answer {
  readonly move: StepMove;
  readonly record: CallRecord;
  /** Announced and not settled when the call was over. */
  readonly unsettledEffect: Effect | null;
}

/**
 * A report that cannot be stored for what it says must not keep the step for ever: it is a fault of the driver. What the
 * call settled is kept. @returns the move that was stored
 */
async function report(step: ClaimedStep, answer: Answer, parts: ExecutorParts): Promise<StepMove> {
  const lease = { stepId: step.id, fence: step.fence };
  try {
    await parts.writes.report(lease, answer.move, answer.record);
    return answer.move;
  } catch (error) {
    if (isDrydockError(error, 'fence_lost') || isDatabaseUnavailable(error)) throw error;
    const isFault = isDrydockError(error, 'driver_fault');
    const what = isFault ? error.message : 'what it answered could not be stored; see the log of the worker';
    parts.log.error('report refused', { driver: verbs[step.verb].driver, error });
    const { unsettledEffect, record } = answer;
    const move = moveOfFault({ reason: blame(step, what), unsettledEffect, chance: chanceOf(parts) }, step);
    const { settlements } = record;
    const notes = notesOfError(move, step);
    await parts.writes.report(lease, move, { ...noSaying, settlements, progress: undefined, notes });
    return move;
  }
}

/** @param held tells when it is we who stop the call: for the end of the process, of the lease or of the task */
async function answerOf(step: ClaimedStep, parts: ExecutorParts, { lost, stop }: HeldCall): Promise<Answer> {
  const unknown = unknownFormat({ ...step, progressFormat: step.progress?.format ?? null });
  if (unknown !== null) return leftAlone(step, unknown, parts.log);
  const { writes, log, leases } = parts;
  const limit = new TimeLimit(callMilliseconds(step));
  const signal = joinSignals(lost, limit.signal);
  const context = new CallContext(step, { writes, log, signal, stop, sendBefore: () => leases.sendBefore });
  try {
    const material = await parts.material.load(step);
    const call = runVerb(step.verb, parts.drivers, material, context);
    const outcome = await endWithSignal(call, { name: callName(step), signal: context.signal, log });
    return fromOutcome(outcome, step, context, chanceOf(parts));
  } catch (error) {
    // Also when a write came too late for the lease: if the step is still ours, it is tried again; if not, the report
    // finds out.
    log.warn('call failed', { error, tries: step.tries });
    context.giveUp();
    const { unsettledEffect } = context;
    if (lost.aborted || context.isStopped) {
      return { move: { kind: 'giveBack' }, record: { ...noSaying, ...context.unwritten() }, unsettledEffect };
    }
    const move = judgeError(error, step, context, chanceOf(parts));
    return { move, record: { ...noSaying, notes: notesOfError(move, step), ...context.unwritten() }, unsettledEffect };
  } finally {
    limit.clear();
  }
}

function chanceOf({ random, retry }: ExecutorParts): RetryChance {
  return { random: random(), settings: retry };
}

function callName({ verb }: ClaimedStep): string {
  return `the call of ${verb} by the ${verbs[verb].driver} driver`;
}

function leftAlone(step: ClaimedStep, unknown: string, log: Log): Answer {
  log.error('step left alone', { why: unknown });
  const move = leaveAlone(unknown);
  const record = { ...noSaying, notes: notesOfError(move, step), settlements: [], progress: undefined };
  return { move, record, unsettledEffect: step.openEffect };
}

function fromOutcome(outcome: StepOutcome, step: ClaimedStep, context: CallContext, chance: RetryChance): Answer {
  const { unsettledEffect } = context;
  const unwritten = context.unwritten();
  const refusal = refusedAnswer(outcome, step, unsettledEffect);
  if (refusal !== null) {
    const { driver } = verbs[step.verb];
    context.log.error('answer refused', { driver, answer: outcome.kind, effect: unsettledEffect, why: refusal });
    const move = moveOfFault({ reason: refusal, unsettledEffect, chance }, step);
    return { move, record: { ...noSaying, notes: notesOfError(move, step), ...unwritten }, unsettledEffect };
  }
  const move = moveOfOutcome(outcome, step, unsettledEffect);
  const hasSaidWhy = outcome.notes.some((note) => note.isError);
  const notes =
    move.kind === 'end' && move.end === 'failed' && !hasSaidWhy
      ? [...outcome.notes, noteOfEnd(move, step)]
      : outcome.notes;
  const record = {
    notes,
    buildData: outcome.buildData ?? [],
    hasDetailLogs: outcome.hasDetailLogs ?? false,
    settlements: unwritten.settlements,
    progress: outcome.kind === 'waiting' ? outcome.progress : unwritten.progress,
  };
  return { move, record, unsettledEffect };
}

function factsOf(move: StepMove): Readonly<Record<string, unknown>> {
  if (move.kind === 'end') return { end: move.end, errorClass: move.errorClass, reason: move.reason };
  if (move.kind === 'wait') return { afterSeconds: move.afterSeconds, observes: move.observe?.key };
  if (move.kind === 'giveBack') return {};
  return { afterSeconds: move.afterSeconds, reason: move.reason };
}
