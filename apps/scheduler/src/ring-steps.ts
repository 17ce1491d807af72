import type { Ringable } from '@drydock/model/db';
import { type QueueBackend, type Ring, stepsQueueName } from '@drydock/queue';
import type { Log } from '@drydock/runtime';

/** Longer names are left out of the job: the data of a ring is bounded. */
const shownNameLength = 63;

/** Fresh with every ring, because BullMQ drops an id that it still keeps. */
export function jobIdOf(step: Pick<Ringable, 'id' | 'ring'>): string {
  return `${step.id}-${step.ring}`;
}

/** Rings for admitted steps. A bell that does not ring is rung again by a sweep, so that nobody waits for it. */
export function stepRinger(queue: QueueBackend, log: Log): (steps: readonly Ringable[]) => void {
  return (steps) => {
    if (steps.length === 0) return;
    queue
      .ring(stepsQueueName, steps.map(ringOf))
      .catch((error: unknown) => log.warn('steps not rung, a sweep will ring', { count: steps.length, error }));
  };
}

function ringOf(step: Ringable): Ring {
  const node = step.nodeName !== null && step.nodeName.length <= shownNameLength ? { node: step.nodeName } : {};
  return { id: jobIdOf(step), name: step.verb, data: { format: 1, stepId: step.id, ...node } };
}
