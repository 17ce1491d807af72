import { DrydockError, type LaneSeeker } from '@drydock/model';
import { settlesWithin } from './settles-within.js';
import type { TaskBell } from './task-bell.js';
import type { AcceptedTask, TaskIntake } from './task-intake.js';

export interface AcceptTaskPorts<Stored, Accepted = AcceptedTask> {
  readonly intake: TaskIntake<Stored, Accepted>;
  readonly bell: TaskBell;
  /** By the configured table. The reference may hold credentials. */
  readonly chooseLane: (task: LaneSeeker) => string;
  readonly newId: () => string;
  /** 32 random hex digits. */
  readonly newTraceId: () => string;
  readonly log: { warn(message: string, fields: Readonly<Record<string, unknown>>): unknown };
}

export interface SubmittedTask<Stored> {
  readonly task: Stored;
  /** False: the same request, with the same idempotency key, was accepted before. */
  readonly isNew: boolean;
}

/** The client does not wait longer for a doorbell that a sweep rings anyway. */
const ringMilliseconds = 200;
const firstRing = 1;

/**
 * Stores a checked task durably, then rings its lane. A ring that fails or takes too long is logged and changes nothing.
 * @throws DrydockError `conflict`, `too_many_tasks`; nothing is stored then
 */
export async function acceptTask<Stored, Accepted extends AcceptedTask>(
  ports: AcceptTaskPorts<Stored, Accepted>,
  accepted: Accepted,
): Promise<SubmittedTask<Stored>> {
  const taken = await ports.intake.insert(accepted);
  if (taken.kind === 'other') {
    throw new DrydockError(
      'conflict',
      'the Idempotency-Key was used before for another request; use a new key for each task',
    );
  }
  if (taken.kind === 'full') {
    throw new DrydockError(
      'too_many_tasks',
      `the lane ${taken.lane} has ${taken.queued} queued tasks and takes at most ${taken.maxQueued}; wait until some ` +
        'have begun, or terminate those that are not needed',
    );
  }
  if (taken.kind === 'created') await ringLane(ports, accepted);
  return { task: taken.task, isNew: taken.kind === 'created' };
}

async function ringLane<Stored, Accepted>(
  ports: AcceptTaskPorts<Stored, Accepted>,
  { id, action, lane }: AcceptedTask,
): Promise<void> {
  const fields = { taskId: id, lane };
  const rung = ports.bell
    .ring({ id, action, lane, ring: firstRing })
    .catch((error: unknown) => void ports.log.warn('ring failed', { ...fields, error }));
  if (await settlesWithin(rung, ringMilliseconds)) return;
  ports.log.warn('ring is late', { ...fields, waitedMs: ringMilliseconds });
}
