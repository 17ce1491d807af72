import { beforeEach, describe, expect, it } from '@jest/globals';
import { type LogFields, silentLog } from '@drydock/runtime';
import { noTracing, type RecordedSpan } from '@drydock/telemetry';
import { type ScriptedAnswer, ScriptedDatabase } from '../test/scripted-database.js';
import { tellEnd } from './tell-end.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const row = {
  id: '0b0c7a52-6f2a-4f0e-9a3b-1c2d3e4f5a6b',
  traceParent: `00-${traceId}-00f067aa0ba902b7-01`,
  action: 'noop',
  lane: 'default',
  status: 'complete',
  resultStatus: 'failure',
  retryOf: null,
  createdAtMs: 1000,
  startedAtMs: 3000,
  endedAtMs: 10_000,
};

let told: (readonly [string, LogFields | undefined])[];
let spans: RecordedSpan[];
beforeEach(() => {
  told = [];
  spans = [];
});

async function tell(answer: () => ScriptedAnswer): Promise<void> {
  const { database: db } = new ScriptedDatabase({ 'from task t where t.id': answer });
  const note = (message: string, fields?: LogFields) => void told.push([message, fields]);
  await tellEnd(
    { taskId: row.id },
    {
      db,
      tracing: { ...noTracing, record: (span) => void spans.push(span) },
      log: { ...silentLog, info: note, warn: note },
    },
  );
}

describe('the end of a task', () => {
  it('is told to the log with what it led to and how long it took, and to its trace', async () => {
    await tell(() => [row]);
    expect(told).toEqual([
      [
        'task moved',
        { move: 'finish', action: 'noop', status: 'complete', result: 'failure', durationMs: 7000, traceId },
      ],
    ]);
    expect(spans).toMatchObject([{ isTask: true, name: 'task noop', startMs: 1000, endMs: 10_000, isFailed: true }]);
  });

  it('that cannot be told stops nobody', async () => {
    await tell(() => new Error('gone'));
    expect(told).toEqual([['end of a task not told', { error: expect.any(Error) }]]);
  });
});
