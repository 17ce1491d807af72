import type { RecordedSpan, SpanEnd, SpanPlace } from './tracing.js';

/** The spans of a task, with the names and attributes under which operators look for them (docs/tracing.md). */

export interface TracedTask {
  readonly id: string;
  readonly traceParent: string | null;
}

export interface EndedTaskFacts extends TracedTask {
  readonly action: string;
  readonly lane: string;
  readonly status: string;
  readonly resultStatus: string;
  readonly retryOf: string | null;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number;
}

export interface TracedStep {
  readonly id: string;
  readonly taskId: string;
  readonly traceParent: string | null;
  readonly verb: string;
  readonly nodeName: string | null;
  readonly attempt: number;
  readonly fence: number;
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly readySinceMs: number | null;
  readonly firstAdmittedAtMs: number | null;
}

/** From the request to the end, the time in the queue within. */
export function spanOfTask(task: EndedTaskFacts): RecordedSpan {
  const { id, action, lane, status, resultStatus, retryOf, createdAtMs, startedAtMs, endedAtMs } = task;
  const queuedMs = startedAtMs === null ? undefined : Math.round(startedAtMs - createdAtMs);
  return {
    task,
    isTask: true,
    name: `task ${action}`,
    startMs: createdAtMs,
    endMs: endedAtMs,
    isFailed: resultStatus === 'failure' || resultStatus === 'partial_success',
    attributes: {
      'drydock.task.id': id,
      'drydock.task.action': action,
      'drydock.task.lane': lane,
      'drydock.task.status': status,
      'drydock.task.result': resultStatus,
      'drydock.task.retry_of': retryOf,
      'drydock.task.queued_ms': queuedMs,
    },
  };
}

/** The request that brought the task. */
export function spanOfAcceptance(task: TracedTask, requestId: string, startMs: number): Omit<RecordedSpan, 'endMs'> {
  const attributes = { 'drydock.task.id': task.id, 'drydock.request.id': requestId };
  return { task, name: 'accept task', startMs, attributes };
}

export function spanOfCompilation(task: TracedTask): SpanPlace {
  return { task, name: 'compile design', attributes: { 'drydock.task.id': task.id } };
}

/** From ready to admitted; null for a later call of a step, which was admitted before. */
export function spanOfAdmission(step: TracedStep): RecordedSpan | null {
  const { readySinceMs, firstAdmittedAtMs, fence } = step;
  if (fence !== 1 || readySinceMs === null || firstAdmittedAtMs === null) return null;
  return {
    task: taskOf(step),
    name: `admission ${step.verb}`,
    startMs: Math.min(readySinceMs, firstAdmittedAtMs),
    endMs: firstAdmittedAtMs,
    attributes: attributesOf(step),
  };
}

/** One call of a step: from its claim until its answer is stored. */
export function spanOfCall(step: TracedStep): SpanPlace {
  return { task: taskOf(step), name: step.verb, attributes: attributesOf(step) };
}

/** @param move what the worker stored, or `lost` */
export function endOfCall(move: {
  readonly kind: string;
  readonly end?: string;
  readonly errorClass?: string | null;
}): SpanEnd {
  return {
    attributes: {
      'drydock.step.move': move.kind,
      'drydock.step.end': move.end,
      'drydock.step.error_class': move.errorClass,
    },
    isFailed: move.end === 'failed' || move.kind === 'retry' || move.kind === 'lost',
  };
}

function taskOf({ taskId, traceParent }: TracedStep): TracedTask {
  return { id: taskId, traceParent };
}

function attributesOf({ id, taskId, verb, nodeName, attempt, fence, tries }: TracedStep): SpanPlace['attributes'] {
  return {
    'drydock.task.id': taskId,
    'drydock.step.id': id,
    'drydock.step.verb': verb,
    'drydock.node.name': nodeName,
    'drydock.step.attempt': attempt,
    'drydock.step.fence': fence,
    'drydock.step.tries': tries,
  };
}
