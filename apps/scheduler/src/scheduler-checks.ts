import type { MoveListener } from '@drydock/model/db';
import type { Consumer, QueueBackend } from '@drydock/queue';
import type { HealthChecks } from '@drydock/runtime';
import type { Reach } from './reach.js';
import { remarkOnListen } from './remark-on-listen.js';
import type { RunningSweeps } from './run-sweeps.js';

export interface CheckedParts {
  readonly queue: Pick<QueueBackend, 'ping'>;
  readonly listener: Pick<MoveListener, 'isListening'>;
  readonly pollMilliseconds: number;
  readonly reach: Pick<Reach, 'silentSeconds'>;
  readonly leaseSeconds: number;
  readonly sweeping: Pick<RunningSweeps, 'late'>;
  /** By lane. */
  readonly consumers: ReadonlyMap<string, Pick<Consumer, 'trouble'>>;
}

/** What a scheduler must have to drive tasks, besides its database. */
export function schedulerChecks(parts: CheckedParts): HealthChecks {
  const { queue, listener, pollMilliseconds, reach, leaseSeconds, sweeping, consumers } = parts;
  return {
    queue: () => queue.ping(),
    listen: () => remarkOnListen(listener, pollMilliseconds),
    heartbeat: () => {
      const silent = reach.silentSeconds;
      if (silent >= leaseSeconds) throw new Error(`last one ${silent.toFixed(1)} s ago, a lease is ${leaseSeconds} s`);
    },
    sweeps: () => {
      const late = sweeping.late();
      if (late.length > 0) throw new Error(`late: ${late.join(', ')}`);
    },
    consumers: () => {
      const troubled = [...consumers].flatMap(([lane, { trouble }]) =>
        trouble === null ? [] : [`${lane}: ${trouble}`],
      );
      if (troubled.length > 0) throw new Error(troubled.join(', '));
    },
  };
}
