import { describe, expect, it } from '@jest/globals';
import type { ConsumeOptions, Consumer, QueueBackend, RungJob } from '@drydock/queue';
import type { Claim } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { consumeSteps } from './consume-steps.js';
import type { ExecutorParts } from './execute-step.js';

async function answerTo(data: RungJob['data'], claim: (stepId: string) => Promise<Claim>) {
  const handlers: ConsumeOptions[] = [];
  const consume = async (_queue: string, options: ConsumeOptions) => {
    handlers.push(options);
    return {} as Consumer;
  };
  const parts = { writes: { claim }, log: silentLog } as unknown as ExecutorParts;
  await consumeSteps({ consume } as unknown as QueueBackend, 3, parts);
  const job: RungJob = {
    id: 's1-1',
    name: 'noop',
    data,
    signal: new AbortController().signal,
    reportProgress: async () => undefined,
  };
  return [handlers[0]?.concurrency, await handlers[0]?.handle(job)];
}

describe('the bell of a step', () => {
  it.each([{ format: 2, stepId: 's1' }, { format: 1 }, { stepId: 's1' }])(
    'of an unknown format is left alone: %j',
    async (data) => {
      const claim = () => Promise.reject(new Error('must not be claimed'));
      expect(await answerTo(data, claim)).toEqual([3, undefined]);
    },
  );

  it('is over when somebody else has the step', async () => {
    const claimed: string[] = [];
    const claim = async (stepId: string): Promise<Claim> => {
      claimed.push(stepId);
      return { kind: 'not_mine', status: 'running' };
    };
    expect(await answerTo({ format: 1, stepId: 's1' }, claim)).toEqual([3, undefined]);
    expect(claimed).toEqual(['s1']);
  });

  it('is put back when the database does not answer', async () => {
    const claim = () => Promise.reject(new Error('gone'));
    expect(await answerTo({ format: 1, stepId: 's1' }, claim)).toEqual([3, { putBackAfterMilliseconds: 1000 }]);
  });
});
