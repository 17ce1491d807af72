import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { heartbeat as writeHeartbeat, type HolderRow } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { runSweeps } from './run-sweeps.js';
import type { SweepParts } from './sweep-parts.js';
import { type ScriptedAnswer, ScriptedDatabase } from '../test/scripted-database.js';

let heartbeat: () => ScriptedAnswer;
let warnings: string[];
let database: ScriptedDatabase;
let sweeping: { close(): Promise<void> };
const beats = () => database.asked.filter((text) => text.includes('insert into holder')).length;
const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);

beforeEach(() => {
  jest.useFakeTimers();
  warnings = [];
  heartbeat = () => [];
  database = new ScriptedDatabase({ 'insert into holder': () => heartbeat() });
  const parts = {
    db: database.database,
    pulse: { beat: (holder: HolderRow) => writeHeartbeat(database.database, holder, 3) },
    laneNames: [],
    holder: { id: 'h1', process: 'scheduler', host: 'h', pid: 1, slots: 0 },
    leaseSeconds: 3,
    reach: { mayExpire: false, reached: () => undefined },
    ringSteps: () => undefined,
    log: { ...silentLog, warn: (message: string) => void warnings.push(message) },
    now: Date.now,
  };
  sweeping = runSweeps(parts as unknown as SweepParts);
});

afterEach(async () => {
  await sweeping.close();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('sweeps', () => {
  it('run at once and then by their own clock', async () => {
    await seconds(3);
    expect(beats()).toBe(4);
  });

  it('never overlap themselves', async () => {
    let answer = (_rows: readonly object[]): void => undefined;
    await seconds(0);
    heartbeat = () => new Promise((resolve) => (answer = resolve));
    await seconds(10);
    expect(beats()).toBe(2);
    answer([]);
    await seconds(1);
    expect(beats()).toBe(3);
    answer([]);
  });

  it('are tried again after an error, which the log tells', async () => {
    heartbeat = () => new Error('gone');
    await seconds(2);
    expect([beats() > 1, warnings.includes('sweep failed')]).toEqual([true, true]);
  });
});
