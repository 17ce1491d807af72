import { describe, expect, it } from '@jest/globals';
import type { ConsumeOptions, Consumer, QueueBackend, RungJob } from '@drydock/queue';
import { silentLog } from '@drydock/runtime';
import { RecordingDatabase } from '../test/recording-database.js';
import { consumeSteps } from './consume-steps.js';
import type { ExecutorParts } from './execute-step.js';

async function answerTo(data: RungJob['data'], recording: RecordingDatabase) {
  const handlers: ConsumeOptions[] = [];
  const consume = async (_queue: string, options: ConsumeOptions) => {
    handlers.push(options);
    return {} as Consumer;
  };
  const parts = { db: recording.database, holderId: 'w1', log: silentLog } as unknown as ExecutorParts;
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
      const recording = new RecordingDatabase();
      expect(await answerTo(data, recording)).toEqual([3, undefined]);
      expect(recording.sent).toEqual([]);
    },
  );

  it('is over when somebody else has the step', async () => {
    const recording = new RecordingDatabase();
    expect(await answerTo({ format: 1, stepId: 's1' }, recording)).toEqual([3, undefined]);
    expect(recording.sent[0]?.values).toContain('s1');
  });

  it('is put back when the database does not answer', async () => {
    const recording = new RecordingDatabase();
    recording.answer = () => Promise.reject(new Error('gone'));
    expect(await answerTo({ format: 1, stepId: 's1' }, recording)).toEqual([3, { putBackAfterMilliseconds: 1000 }]);
  });
});
