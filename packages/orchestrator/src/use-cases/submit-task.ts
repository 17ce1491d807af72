import { type ClientAction, DrydockError, type NodeFilterSet } from '@drydock/model';
import { checkAction } from './check-action.js';
import { checkDesignRef } from './check-design-ref.js';
import { checkNodeFilter } from './check-node-filter.js';
import { hashRequest } from './hash-request.js';
import { settlesWithin } from './settles-within.js';
import type { TaskBell } from './task-bell.js';
import type { Requester, TaskIntake } from './task-intake.js';

/** As it came from the client, unchecked. */
export interface TaskRequest {
  readonly action: unknown;
  readonly designRef: unknown;
  readonly nodeFilter: unknown;
  readonly idempotencyKey: string | null;
  readonly requester: Requester;
}

export interface SubmitTaskPorts<Stored> {
  readonly intake: TaskIntake<Stored>;
  readonly bell: TaskBell;
  readonly newId: () => string;
  readonly log: { warn(message: string, fields: Readonly<Record<string, unknown>>): unknown };
}

export interface SubmittedTask<Stored> {
  readonly task: Stored;
  /** False: the same request, with the same idempotency key, was accepted before. */
  readonly isNew: boolean;
}

interface CheckedRequest {
  readonly action: ClientAction;
  readonly designRef: string;
  readonly nodeFilter: NodeFilterSet | null;
}

/** One lane until lanes can be configured. */
const defaultLane = 'default';
/** The client does not wait longer for a doorbell that a sweep rings anyway. */
const ringMilliseconds = 200;
const firstRing = 1;

/**
 * Accepts a task: checks the request, stores it durably, then rings its lane. A ring that fails or takes too long is
 * logged and changes nothing.
 * @throws DrydockError `unsupported_action`, `invalid_request`, `invalid_node_filter`, `conflict`; nothing is stored then
 */
export async function submitTask<Stored>(
  ports: SubmitTaskPorts<Stored>,
  request: TaskRequest,
): Promise<SubmittedTask<Stored>> {
  const checked = checkRequest(request);
  const id = ports.newId();
  const user = request.requester.user;
  const taken = await ports.intake.insert({
    ...checked,
    id,
    lane: defaultLane,
    createdBy: user,
    requestContext: request.requester,
    idempotencyKey: request.idempotencyKey,
    idempotencyHash: request.idempotencyKey === null ? null : hashRequest({ ...checked, user }),
  });
  if (taken.kind === 'other') {
    throw new DrydockError(
      'conflict',
      'the Idempotency-Key was used before for another request; use a new key for each task',
    );
  }
  if (taken.kind === 'created') await ringLane(ports, id, checked.action);
  return { task: taken.task, isNew: taken.kind === 'created' };
}

function checkRequest(request: TaskRequest): CheckedRequest {
  const action = checkAction(request.action);
  const designRef = checkDesignRef(request.designRef);
  return { action, designRef, nodeFilter: checkNodeFilter(request.nodeFilter) };
}

async function ringLane<Stored>(ports: SubmitTaskPorts<Stored>, id: string, action: ClientAction): Promise<void> {
  const fields = { taskId: id, lane: defaultLane };
  const rung = ports.bell
    .ring({ id, action, lane: defaultLane, ring: firstRing })
    .catch((error: unknown) => void ports.log.warn('ring failed', { ...fields, error }));
  if (await settlesWithin(rung, ringMilliseconds)) return;
  ports.log.warn('ring is late', { ...fields, waitedMs: ringMilliseconds });
}
