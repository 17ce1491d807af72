import { DrydockError } from '@drydock/model';
import type { QueueLog } from '../queue-log.js';

/** What `INFO` says about the two settings on which BullMQ's jobs depend. */
export interface RedisServerFacts {
  readonly evictionPolicy: string;
  readonly writesAppendOnlyFile: boolean;
}

export function readRedisServerFacts(info: string): RedisServerFacts {
  const fields = new Map(
    info.split(/\r?\n/).map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
  return {
    evictionPolicy: fields.get('maxmemory_policy') ?? 'unknown',
    writesAppendOnlyFile: fields.get('aof_enabled') === '1',
  };
}

/** Throws `queue_refused` when Redis may evict: an evicted lock or job hash breaks BullMQ in ways nobody can see. */
export function checkRedisServer(facts: RedisServerFacts, address: string, log: QueueLog): void {
  if (facts.evictionPolicy !== 'noeviction') {
    throw new DrydockError(
      'queue_refused',
      `Redis at ${address} may evict jobs (maxmemory-policy is ${facts.evictionPolicy}); set "maxmemory-policy noeviction"`,
    );
  }
  if (!facts.writesAppendOnlyFile) {
    log.warn('redis keeps no append-only file', {
      address,
      effect: 'a restart of Redis loses the jobs; the sweeps ring again, a few seconds later',
      action: 'set "appendonly yes"',
    });
  }
}
