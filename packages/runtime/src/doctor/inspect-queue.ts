import type { DoctorFinding } from './doctor-report.js';
import { errorMessage } from '../error-message.js';

/**
 * Asks a Redis for its `maxmemory-policy`. Only packages/queue may speak to Redis, so whoever calls the doctor passes
 * this in; without it the policy is reported as not checked.
 */
export type ReadEvictionPolicy = (redisUrl: string) => Promise<string>;

/** Which backend the queues get, and whether that Redis may lose jobs. */
export async function inspectQueue(
  redisUrl: string | undefined,
  readEvictionPolicy: ReadEvictionPolicy | undefined,
): Promise<DoctorFinding> {
  const name = 'queue';
  if (!redisUrl) return { name, status: 'ok', found: "BullMQ's Postgres backend, because REDIS_URL is not set" };
  const found = 'Redis, because REDIS_URL is set';
  if (readEvictionPolicy === undefined) {
    return { name, status: 'warning', found: `${found}; its eviction policy was not checked` };
  }
  try {
    const policy = await readEvictionPolicy(redisUrl);
    if (policy === 'noeviction') return { name, status: 'ok', found: `${found}; maxmemory-policy ${policy}` };
    const action = 'set maxmemory-policy noeviction: a Redis that evicts loses jobs';
    return { name, status: 'failed', found: `${found}; maxmemory-policy ${policy}`, action };
  } catch (error) {
    const reason = errorMessage(error);
    const action = 'start it, or correct REDIS_URL';
    return { name, status: 'failed', found: `${found}; it does not answer (${reason})`, action };
  }
}
