import { expect, it } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { ScriptedDatabase } from '../../test/scripted-database.js';
import type { DriveParts } from './drive-parts.js';
import { TaskDriver } from './drive-task.js';

const run = { lane: 'a', taskId: 't1', epoch: 4, holderId: 'h1' };
const task = {
  id: 't1',
  action: 'deploy_nodes',
  designRef: 'file:///site.yaml',
  designRefSealed: null,
  nodeFilter: null,
  status: 'running',
  snapshotHash: 'h1',
  planFormat: 1,
  snapshotFormat: 1,
  stepsTotal: 4,
  stepsEnded: 0,
};

it.each([
  ['plan', { planFormat: 2 }],
  ['snapshot', { snapshotFormat: 7 }],
  ['snapshot before there is a plan', { planFormat: null, snapshotFormat: 7 }],
])(
  'a task whose %s is of a newer version is left alone: nothing is written but that the run is free',
  async (_what, formats) => {
    const said: unknown[] = [];
    const database = new ScriptedDatabase({ 'from task where id': () => [{ ...task, ...formats }] });
    const log = { ...silentLog, error: (message: string, fields?: object) => void said.push([message, fields]) };
    const parts = { db: database.database, log } as unknown as DriveParts;
    expect(await new TaskDriver(run, parts, () => undefined).drive()).toBeNull();
    expect(database.asked).toHaveLength(2);
    expect(database.asked[1]).toContain('update run set holder_id = null');
    expect(said).toEqual([
      ['task left alone', expect.objectContaining({ taskId: 't1', why: expect.stringContaining('has format') })],
    ]);
  },
);

it.each([
  ['before its design was looked at', { status: 'terminating' }, 0],
  ['while its design is fetched', { status: 'running' }, 1],
])('a task that is terminated %s ends without a plan, and the fetch with it', async (_when, facts, fetches) => {
  const unplanned = { ...task, planFormat: null, snapshotHash: null, retryOf: null, ...facts };
  const statuses = [facts.status, 'running', 'terminating'];
  const database = new ScriptedDatabase({
    'from task where id': () => [{ ...unplanned, status: statuses.shift() ?? 'terminating' }],
    pg_advisory_xact_lock: () => [{ now: 1, isTerminating: true, isPaused: false }],
    'with finished': () => [{ id: 't1' }],
  });
  const signals: AbortSignal[] = [];
  const compile = (_task: object, signal: AbortSignal) =>
    new Promise((_resolve, reject) => {
      signals.push(signal);
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const parts = { db: database.database, log: silentLog, compiler: { compile } } as unknown as DriveParts;
  const result = await new TaskDriver(run, parts, () => undefined).drive();
  expect(result).toEqual({ status: 'failure', successes: [], failures: [] });
  expect(signals.map(({ aborted }) => aborted)).toEqual(Array.from({ length: fetches }, () => true));
  expect(database.asked.filter((text) => text.includes('before its plan was made'))).toHaveLength(1);
});
