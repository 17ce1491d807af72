import { taskSpan } from '@drydock/model';
import type { ClaimedStep } from '@drydock/model/db';
import { type OpenSpan, spanOfAdmission, spanOfCall, type Tracing } from '@drydock/telemetry';

/** Begins the span of a call that was just claimed; before it stands how long the step waited for its admission. */
export function beginCall(step: ClaimedStep, tracing: Tracing): OpenSpan {
  const admission = spanOfAdmission(step);
  if (admission) tracing.record(admission);
  return tracing.begin(spanOfCall(step));
}

/** By which the log and the trace of a task are found from each other. */
export function traceIdOf({ taskId: id, traceParent }: ClaimedStep): string | undefined {
  return taskSpan({ id, traceParent })?.traceId;
}
