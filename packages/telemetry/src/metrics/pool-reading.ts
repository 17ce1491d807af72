import { type Reading, sample } from './metrics.js';

/** The counters of a `pg.Pool`. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Connections of a pool, as it is at the moment of the scrape. */
export function poolReading(pool: PoolCounts): Reading {
  return {
    name: 'database pool',
    gauges: ['drydock_database_connections', 'drydock_database_waiting'],
    read: () => [
      sample('drydock_database_connections', { state: 'total' }, pool.totalCount),
      sample('drydock_database_connections', { state: 'idle' }, pool.idleCount),
      sample('drydock_database_waiting', {}, pool.waitingCount),
    ],
  };
}
