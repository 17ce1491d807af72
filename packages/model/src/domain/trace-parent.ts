/** Where a span stands: W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header. */
export interface TraceParent {
  /** 32 hex digits, lower case, not all zero. */
  readonly traceId: string;
  /** 16 hex digits, lower case, not all zero: the span below which others hang. */
  readonly spanId: string;
  /** Whoever began the trace keeps it. */
  readonly isSampled: boolean;
}

/** The span of a task itself. */
export interface TaskSpan extends TraceParent {
  /** Null: the trace began with the task. */
  readonly parentSpanId: string | null;
}

/** Later versions of the format may have more fields behind these. */
const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const sampledFlag = 1;

/** Null for what is none: it is then ignored, as the standard demands. */
export function parseTraceParent(text: string): TraceParent | null {
  const [, version = 'ff', traceId = '', spanId = '', flags = '', more] = shape.exec(text.trim()) ?? [];
  const isKnown = version === '00' ? more === undefined : version !== 'ff';
  if (!isKnown || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & sampledFlag) !== 0 };
}

export function formatTraceParent({ traceId, spanId, isSampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

/** A task's span has this id in every process, whoever writes it and whenever: the last half of the task's UUID. */
export function taskSpanId(taskId: string): string {
  return taskId.replaceAll('-', '').slice(-16).toLowerCase();
}

/**
 * What is stored with a task: the span below which it stands. Without a caller's header the trace begins with the task,
 * which then stands below itself.
 * @param newTraceId 32 random hex digits
 */
export function traceParentOfTask(taskId: string, header: string | null, newTraceId: () => string): string {
  const above = header === null ? null : parseTraceParent(header);
  return formatTraceParent(above ?? { traceId: newTraceId(), spanId: taskSpanId(taskId), isSampled: true });
}

/** For a task that retries another: its span stands below that task's, in the same trace. */
export function traceParentOfRetry(retried: {
  readonly id: string;
  readonly traceParent: string | null;
}): string | null {
  const span = taskSpan(retried);
  return span && formatTraceParent(span);
}

/** Null for a task that was stored without a trace. */
export function taskSpan(task: { readonly id: string; readonly traceParent: string | null }): TaskSpan | null {
  const above = task.traceParent === null ? null : parseTraceParent(task.traceParent);
  if (!above) return null;
  const spanId = taskSpanId(task.id);
  return { ...above, spanId, parentSpanId: above.spanId === spanId ? null : above.spanId };
}
