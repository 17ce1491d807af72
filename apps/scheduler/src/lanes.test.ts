import { beforeEach, describe, expect, it } from '@jest/globals';
import type { QueueBackend, Ring } from '@drydock/queue';
import { silentLog } from '@drydock/runtime';
import { type ScriptedAnswer, ScriptedDatabase } from '../test/scripted-database.js';
import { Lanes } from './lanes.js';
import type { DriveParts } from './run/drive-parts.js';

const run = { lane: 'a', task_id: 't1', epoch: '4' };
const noProgress = () => undefined;

let database: ScriptedDatabase;
let lanes: Lanes;
let rung: (readonly [string, readonly Ring[]])[];
let start: () => ScriptedAnswer;
let takeOver: () => ScriptedAnswer;
/** Ends the run that is driven: its task is gone. */
let endRun: () => void;

const asked = (piece: string) => database.asked.filter((text) => text.includes(piece)).length;
const started = () => asked('with next as');
const takenOver = () => asked('update run r set epoch');
/** Lets everything happen that needs no clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  rung = [];
  start = () => [run];
  takeOver = () => [];
  endRun = () => undefined;
  database = new ScriptedDatabase({
    'with next as': () => start(),
    'update run r set epoch': () => takeOver(),
    'from task where id': () => new Promise((resolve) => (endRun = () => resolve([]))),
  });
  const db = database.database;
  lanes = new Lanes({
    db,
    queue: {
      ring: async (queue: string, rings: readonly Ring[]) => void rung.push([queue, rings]),
    } as unknown as QueueBackend,
    holderId: 'h1',
    leaseSeconds: 3,
    drive: { db, log: silentLog } as unknown as DriveParts,
    tellEnd: () => Promise.resolve(),
    log: silentLog,
  });
});

describe('the lanes of a scheduler', () => {
  it('begin the next task of an idle lane; a look lasts until it is over', async () => {
    let isOver = false;
    const look = lanes.look('a', noProgress).then(() => (isOver = true));
    await settle();
    expect([lanes.isDriving('a'), isOver]).toEqual([true, false]);
    endRun();
    await look;
    expect(lanes.isDriving('a')).toBe(false);
  });

  it('are rung for the next task when one is over, under an id of its own', async () => {
    const look = lanes.look('a', noProgress);
    await settle();
    endRun();
    await look;
    expect(rung).toEqual([['tasks-a', [{ id: 't1-next-4', name: 'next', data: { format: 1, lane: 'a' } }]]]);
  });

  it('have one driver each: a second look asks nobody', async () => {
    const look = lanes.look('a', noProgress);
    await settle();
    await lanes.look('a', noProgress);
    await lanes.startOrTakeOver('a', true);
    expect([started(), takenOver()]).toEqual([1, 0]);
    endRun();
    await look;
  });

  it('are driven beside each other', async () => {
    const look = lanes.look('a', noProgress);
    await settle();
    const endFirst = endRun;
    start = () => [{ ...run, lane: 'b', task_id: 't2' }];
    const other = lanes.look('b', noProgress);
    await settle();
    expect([lanes.isDriving('a'), lanes.isDriving('b')]).toEqual([true, true]);
    endFirst();
    endRun();
    await Promise.all([look, other]);
  });

  it('are left alone when Postgres says that they are busy, paused or empty', async () => {
    start = () => [];
    await lanes.look('a', noProgress);
    expect([lanes.isDriving('a'), rung]).toEqual([false, []]);
  });

  it.each([
    ['takes an expired run over before it starts another', true, [run], [0, 1]],
    ['starts the next when there is nothing to take over', true, [], [1, 1]],
    ['takes nothing over while nobody may be expired', false, [run], [1, 0]],
  ])('a sweep %s', async (_case, mayExpire, taken, counts) => {
    takeOver = () => taken;
    await lanes.startOrTakeOver('a', mayExpire);
    expect([started(), takenOver(), lanes.isDriving('a')]).toEqual([...counts, true]);
    await settle();
    endRun();
    await lanes.close();
  });

  it('say when the database could not be asked, and are free again', async () => {
    start = () => new Error('gone');
    await expect(lanes.look('a', noProgress)).rejects.toThrow('gone');
    expect(lanes.isDriving('a')).toBe(false);
  });
});

describe('closing', () => {
  it('waits for the drivers, and rings for nobody', async () => {
    let isClosed = false;
    const look = lanes.look('a', noProgress);
    await settle();
    const closing = lanes.close().then(() => (isClosed = true));
    await settle();
    expect(isClosed).toBe(false);
    endRun();
    await Promise.all([closing, look]);
    expect([lanes.isDriving('a'), rung]).toEqual([false, []]);
  });

  it('begins nothing any more', async () => {
    await lanes.close();
    await lanes.look('a', noProgress);
    await lanes.startOrTakeOver('a', true);
    expect(database.asked).toEqual([]);
  });

  it('leaves a run alone that was given to us meanwhile', async () => {
    let give = (_rows: readonly object[]): void => undefined;
    start = () => new Promise((resolve) => (give = resolve));
    const look = lanes.look('a', noProgress);
    await settle();
    await lanes.close();
    give([run]);
    await look;
    expect([lanes.isDriving('a'), asked('from task where id')]).toEqual([false, 0]);
  });
});
