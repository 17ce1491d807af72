import { Redis } from 'ioredis';
import type { QueueLog } from '../queue-log.js';

/*
 * `socketTimeout`: how long a connection may be silent while an answer is due. Then it is made anew: one that a router
 * has forgotten would stay silent for ever.
 */

/** Workers wait for Redis as long as it takes; BullMQ demands it. */
export const patient = { maxRetriesPerRequest: null, socketTimeout: 4_000 } as const;

/** As `patient`, for the commands that block: BullMQ lets them do so for ten seconds at most. */
export const blocking = { maxRetriesPerRequest: null, socketTimeout: 12_000 } as const;

/** Rings and look-ups fail soon, so that their caller goes on and a sweep rings later. */
export const impatient = { maxRetriesPerRequest: 1, commandTimeout: 2_000, socketTimeout: 2_000 } as const;

type Temper = typeof patient | typeof blocking | typeof impatient;

export interface RetryingRedis {
  readonly client: Redis;
  /** From now on the next failed try ends the connection and fails all that waits for it. */
  stopRetrying(): void;
}

const longestRetryMilliseconds = 1_000;

/** A client that is not connected yet and tells the log once per outage. */
export function retryingRedis(url: string, temper: Temper, log: QueueLog): RetryingRedis {
  let isRetrying = true;
  let isLost = false;
  const client = new Redis(url, {
    ...temper,
    lazyConnect: true,
    connectTimeout: 5_000,
    retryStrategy: (times) => (isRetrying ? Math.min(times * 50, longestRetryMilliseconds) : null),
  });
  client.on('error', (error: Error) => {
    if (isLost) return;
    isLost = true;
    log.warn('redis connection lost', { reason: error.message });
  });
  client.on('ready', () => {
    if (isLost) log.info('redis connection restored');
    isLost = false;
  });
  return {
    client,
    stopRetrying: () => {
      isRetrying = false;
    },
  };
}
