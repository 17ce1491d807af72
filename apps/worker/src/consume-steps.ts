import { type Consumer, type QueueBackend, stepsQueueName } from '@drydock/queue';
import type { Log } from '@drydock/runtime';
import { executeStep, type ExecutorParts } from './execute-step.js';

const putBackMilliseconds = 1000;

/** Answers the doorbells of admitted steps. A database error puts the bell back instead of failing the job. */
export async function consumeSteps(queue: QueueBackend, slots: number, parts: ExecutorParts): Promise<Consumer> {
  const log: Log = parts.log;
  return await queue.consume(stepsQueueName, {
    concurrency: slots,
    onError: (error) => log.warn('queue trouble', { error }),
    handle: async (job) => {
      const stepId = job.data['stepId'];
      if (job.data['format'] !== 1 || typeof stepId !== 'string') {
        log.warn('job of an unknown format left alone', { jobId: job.id });
        return undefined;
      }
      try {
        await executeStep(stepId, parts);
        return undefined;
      } catch (error) {
        log.error('step put back', { stepId, error });
        return { putBackAfterMilliseconds: putBackMilliseconds };
      }
    },
  });
}
