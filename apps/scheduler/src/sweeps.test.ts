import { describe, expect, it } from '@jest/globals';
import { heartbeat } from '@drydock/model/db';
import type { QueueBackend } from '@drydock/queue';
import { silentLog } from '@drydock/runtime';
import { type ScriptedAnswer, ScriptedDatabase } from '../test/scripted-database.js';
import type { Lanes } from './lanes.js';
import type { Reach } from './reach.js';
import type { SweepParts } from './sweep-parts.js';
import { sweeps } from './sweeps.js';

const step = (id: string, ring: number) => ({ id, taskId: 't1', verb: 'noop', nodeName: null, ring });
const lost = (id: string, ring: number, errorClass: string | null = null) => ({ ...step(id, ring), errorClass });
const job = (id: string, pickedUpAt: number | null) => ({ id, name: 'look', data: {}, progressPercent: 0, pickedUpAt });

interface World {
  readonly answers?: Readonly<Record<string, () => ScriptedAnswer>>;
  readonly mayExpire?: boolean;
  readonly driving?: readonly string[];
  readonly waitingIds?: readonly string[];
  readonly activeJobs?: Readonly<Record<string, readonly object[]>>;
}

interface Ran {
  readonly did: string[];
  /** Warnings. */
  readonly said: [string, unknown][];
  readonly database: ScriptedDatabase;
}

/** Runs one row of the table and tells, in order, what it did besides asking the database. */
async function run(name: string, world: World): Promise<Ran> {
  const did: string[] = [];
  const said: Ran['said'] = [];
  const database = new ScriptedDatabase(world.answers);
  const queue = {
    waitingIds: async () => world.waitingIds ?? [],
    activeJobs: async (queue: string) => world.activeJobs?.[queue] ?? [],
    removeActive: async (queue: string, id: string) => did.push(`remove ${id} from ${queue}`) > 0,
    setGlobalConcurrency: async (queue: string, limit: number) => void did.push(`limit ${queue} to ${limit}`),
  };
  const lanes = {
    isDriving: (lane: string) => (world.driving ?? []).includes(lane),
    startOrTakeOver: async (lane: string, mayExpire: boolean) => void did.push(`start ${lane} ${mayExpire}`),
  };
  const parts: SweepParts = {
    db: database.database,
    pulse: { beat: (holder) => heartbeat(database.database, holder, 3) },
    queue: queue as unknown as QueueBackend,
    lanes: lanes as unknown as Lanes,
    laneNames: ['a', 'b'],
    holder: { id: 'h1', process: 'scheduler', host: 'h', pid: 1, slots: 0 },
    leaseSeconds: 3,
    reach: { mayExpire: world.mayExpire ?? true, reached: () => void did.push('reached') } as unknown as Reach,
    ringSteps: (steps) => void did.push(`ring ${steps.map(({ id, ring }) => `${id}-${ring}`).join(' ')}`),
    log: { ...silentLog, warn: (message, fields) => void said.push([message, fields]) },
    now: () => 10_000,
  };
  const sweep = sweeps.find((one) => one.name === name);
  if (!sweep) throw new Error(`no sweep is named ${name}`);
  await sweep.run(parts);
  return { did, said, database };
}

const lanesAre = (...names: readonly string[]) => names.map((lane) => ({ lane }));

const cases: readonly [string, string, World, readonly string[]][] = [
  ['heartbeat', 'knows that the database was reached', {}, ['reached']],
  [
    'lanes',
    'starts what is restless, is ours and is not driven',
    { answers: { 'select distinct t.lane': () => lanesAre('a', 'b', 'other') }, driving: ['b'] },
    ['start a true'],
  ],
  [
    'lanes',
    'expires nobody when we could not have known',
    { answers: { 'select distinct t.lane': () => lanesAre('b') }, mayExpire: false },
    ['start b false'],
  ],
  [
    'lost steps',
    'rings for what it took away',
    { answers: { lost_count: () => [lost('s1', 2), lost('s2', 5)] } },
    ['ring s1-2 s2-5'],
  ],
  [
    'lost steps',
    'rings for nobody that it ended',
    { answers: { lost_count: () => [lost('s1', 2, 'worker_died'), lost('s2', 5), lost('s3', 1, 'effect_unknown')] } },
    ['ring s2-5'],
  ],
  [
    'unclaimed steps',
    'rings anew only for steps whose job is gone',
    {
      answers: { 'set ring = s.ring + 1': () => [step('s2', 8)], 's.rang_at <': () => [step('s1', 3), step('s2', 7)] },
      waitingIds: ['s1-3', 's2-6'],
    },
    ['ring s2-8'],
  ],
  ['unclaimed steps', 'does nothing when all are claimed', {}, []],
  [
    'lane jobs',
    'removes the jobs of idle lanes that are ours, when they have been picked up for a while',
    {
      answers: { 'select r.lane': () => lanesAre('a', 'other') },
      activeJobs: {
        'tasks-a': [job('old', 7999), job('fresh', 8000), job('no one', null)],
        'tasks-other': [job('x', 0)],
      },
    },
    ['remove old from tasks-a', 'remove no one from tasks-a'],
  ],
  [
    'lane jobs',
    'leaves a lane alone that we drive',
    { answers: { 'select r.lane': () => lanesAre('a') }, driving: ['a'], activeJobs: { 'tasks-a': [job('old', 0)] } },
    [],
  ],
  ['global concurrency', 'sets every lane to one at a time', {}, ['limit tasks-a to 1', 'limit tasks-b to 1']],
];

describe('the sweep', () => {
  it.each(cases)('of %s %s', async (name, _case, world, expected) => {
    expect((await run(name, world)).did).toEqual(expected);
  });

  it('of lost steps does not ask while nobody may be expired', async () => {
    const { did, database } = await run('lost steps', { mayExpire: false });
    expect([did, database.asked]).toEqual([[], []]);
  });

  it('of unclaimed steps names to the database only those without a job', async () => {
    const answers = { 's.rang_at <': () => [step('s1', 3), step('s2', 7)] };
    const { database } = await run('unclaimed steps', { answers, waitingIds: ['s1-3'] });
    expect(database.asked[1]).toContain('s2');
    expect(database.asked[1]).not.toContain('s1');
  });

  it.each([
    ['overdue steps', 'the deadline passed', '60'],
    ['gone processes', 'delete from holder', '1 hour'],
    ['settled effects', 'delete from intent', '10000'],
    ['foreign runs', 'with foreign_run', 'newer version'],
  ])('of %s is one statement', async (name, piece, limit) => {
    const { database } = await run(name, {});
    expect(database.asked).toEqual([expect.stringContaining(piece)]);
    expect(database.asked[0]).toContain(limit);
  });

  it('of groups that nobody uses looks under the lock of admissions', async () => {
    const { database } = await run('unused groups', {});
    expect(database.asked).toEqual([
      expect.stringContaining('pg_advisory_xact_lock'),
      expect.stringContaining('delete from concurrency_group'),
    ]);
  });

  it.each<[string, string, readonly object[], object]>([
    ['lost steps', 'lost_count', [lost('s1', 2)], { move: 'lose', stepId: 's1' }],
    ['lost steps', 'lost_count', [lost('s1', 2, 'worker_died')], { move: 'end', errorClass: 'worker_died' }],
    ['overdue steps', 'the deadline passed', [step('s1', 2)], { move: 'overdue', stepId: 's1', verb: 'noop' }],
  ])('of %s logs every move', async (name, piece, rows, fields) => {
    const { said } = await run(name, { answers: { [piece]: () => rows } });
    expect(said).toEqual([['step moved', expect.objectContaining(fields)]]);
  });

  it('of foreign runs says which tasks wait for a newer version', async () => {
    const foreign = { lane: 'a', taskId: 't1', planFormat: 2, snapshotFormat: 1 };
    const { said } = await run('foreign runs', { answers: { 'with foreign_run': () => [foreign] } });
    expect(said).toEqual([['task of a newer version left alone', foreign]]);
  });

  it('of the heartbeat does not count as reached when the database is away', async () => {
    const answers = { 'insert into holder': () => new Error('gone') };
    await expect(run('heartbeat', { answers })).rejects.toThrow('gone');
  });

  it('has a name of its own in every row', () => {
    expect(new Set(sweeps.map(({ name }) => name)).size).toBe(sweeps.length);
  });
});
