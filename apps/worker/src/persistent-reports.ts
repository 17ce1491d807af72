import { isDatabaseUnavailable } from '@drydock/model/db';
import type { ExecutorParts } from './execute-step.js';

/** A restart of Postgres is over by then. Longer than that the step is not kept from others. */
const longestMilliseconds = 10_000;
const pauseMilliseconds = 200;

/**
 * What a call has answered is not thrown away because the database was gone for a moment: its report is tried again. That
 * is safe at any time, since the fence refuses it when somebody else has the step, and when it had been stored after all.
 */
export function persistentReports(
  writes: ExecutorParts['writes'],
  log: Pick<ExecutorParts['log'], 'warn'>,
): ExecutorParts['writes'] {
  return {
    claim: (stepId) => writes.claim(stepId),
    intend: (lease, intent) => writes.intend(lease, intent),
    report: async (lease, move, record) => {
      const giveUpAt = performance.now() + longestMilliseconds;
      for (;;) {
        try {
          return await writes.report(lease, move, record);
        } catch (error) {
          if (!isDatabaseUnavailable(error) || performance.now() > giveUpAt) throw error;
          log.warn('report not stored yet', { stepId: lease.stepId, error });
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      }
    },
  };
}
