import { type ClientAction, type NodeFilterSet, traceParentOfTask } from '@drydock/model';
import { acceptTask, type AcceptTaskPorts, type SubmittedTask } from './accept-task.js';
import { checkAction } from './check-action.js';
import { checkDesignRef } from './check-design-ref.js';
import { checkNodeFilter } from './check-node-filter.js';
import { hashRequest } from './hash-request.js';
import type { Requester } from './task-intake.js';

/** As it came from the client, unchecked. */
export interface TaskRequest {
  readonly action: unknown;
  readonly designRef: unknown;
  readonly nodeFilter: unknown;
  readonly idempotencyKey: string | null;
  /** The header of this name, of W3C trace context. */
  readonly traceParent: string | null;
  readonly requester: Requester;
}

interface CheckedRequest {
  readonly action: ClientAction;
  readonly designRef: string;
  readonly nodeFilter: NodeFilterSet | null;
}

/**
 * Accepts a task: checks the request, chooses its lane, stores it durably, then rings the lane.
 * @throws DrydockError `unsupported_action`, `invalid_request`, `invalid_node_filter`, `conflict`, `too_many_tasks`;
 * nothing is stored then
 */
export async function submitTask<Stored>(
  ports: AcceptTaskPorts<Stored>,
  request: TaskRequest,
): Promise<SubmittedTask<Stored>> {
  const checked = checkRequest(request);
  const user = request.requester.user;
  const id = ports.newId();
  return await acceptTask(ports, {
    ...checked,
    id,
    traceParent: traceParentOfTask(id, request.traceParent, ports.newTraceId),
    lane: ports.chooseLane(checked),
    createdBy: user,
    requestContext: request.requester,
    idempotencyKey: request.idempotencyKey,
    idempotencyHash: request.idempotencyKey === null ? null : hashRequest({ ...checked, user }),
  });
}

function checkRequest(request: TaskRequest): CheckedRequest {
  const action = checkAction(request.action);
  const designRef = checkDesignRef(request.designRef);
  return { action, designRef, nodeFilter: checkNodeFilter(request.nodeFilter) };
}
