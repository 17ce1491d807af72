import type { Consumer, QueueBackend } from '@drydock/queue';
import type { HealthChecks } from '@drydock/runtime';
import type { LeaseKeeper } from './lease-keeper.js';

export interface CheckedParts {
  readonly queue: Pick<QueueBackend, 'ping'>;
  readonly consumer: Pick<Consumer, 'trouble'>;
  readonly leases: Pick<LeaseKeeper, 'checkLease'>;
}

/** What a worker must have to execute steps, besides its database. */
export function workerChecks({ queue, consumer, leases }: CheckedParts): HealthChecks {
  return {
    queue: () => queue.ping(),
    consumer: () => {
      if (consumer.trouble !== null) throw new Error(consumer.trouble);
    },
    heartbeat: () => leases.checkLease(),
  };
}
