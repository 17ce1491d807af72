import { tellRedis } from '@drydock/testkit';
import type { ChaosStand, Part } from './chaos-stand.js';
import { type Held, readHeld, type Victim } from './held.js';
import type { RevivedProcess } from './revived-process.js';
import { between, pick, type Random } from './seeded-random.js';
import { observerName } from './steady-database.js';

/** What a blow has hit. */
export interface Struck {
  readonly held: readonly Held[];
  /** The database's clock just before. */
  readonly struckAt: string;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** Of a process that was frozen: resolves with the milliseconds since 1970 at which it goes on. */
  readonly thawed?: Promise<number>;
}

export interface Blow {
  readonly name: string;
  /** How often, compared with the others. */
  readonly weight: number;
  readonly needsRedis?: true;
  /** Null: it cannot fall now, since it would leave nobody who could go on. */
  readonly strike: (stand: ChaosStand, frozen: Set<RevivedProcess>, random: Random) => Promise<Struck | null>;
}

/** Longer than a lease of 3 s. */
const freezeSeconds = { least: 3.5, most: 6 };
const fullSeconds = { least: 1, most: 4 };

/** Every way in which the chaos hurts. */
export const blows: readonly Blow[] = [
  { name: 'kill worker', weight: 30, strike: killOf('worker') },
  { name: 'kill scheduler', weight: 16, strike: killOf('scheduler') },
  { name: 'kill api', weight: 3, strike: killOf('api') },
  { name: 'freeze worker', weight: 18, strike: freezeOf('worker') },
  { name: 'freeze scheduler', weight: 8, strike: freezeOf('scheduler') },
  { name: 'freeze api', weight: 2, strike: freezeOf('api') },
  { name: 'flush redis', weight: 7, needsRedis: true, strike: flush },
  { name: 'restart redis', weight: 4, needsRedis: true, strike: restartRedis },
  { name: 'fill redis', weight: 3, needsRedis: true, strike: fillRedis },
  { name: 'terminate connections', weight: 6, strike: terminateConnections },
  { name: 'restart postgres', weight: 3, strike: restartPostgres },
];

type Strike = Blow['strike'];

function killOf(part: Part): Strike {
  return async (stand, frozen, random) => {
    const victim = chooseVictim(stand, part, { frozen, random });
    if (victim === null) return null;
    if (part !== 'api' && random() < shareAtWork) await untilAtWork(stand, victim.pid);
    const struck = await stopAndRead(stand, victim.pid);
    send(victim.pid, 'SIGKILL');
    return struck;
  };
}

function freezeOf(part: Part): Strike {
  return async (stand, frozen, random) => {
    const victim = chooseVictim(stand, part, { frozen, random });
    if (victim === null) return null;
    const milliseconds = between(freezeSeconds.least, freezeSeconds.most, random) * 1000;
    if (part !== 'api' && random() < shareAtWork) await untilAtWork(stand, victim.pid);
    const struck = await stopAndRead(stand, victim.pid);
    frozen.add(victim.process);
    const thawed = new Promise<number>((resolve) => {
      setTimeout(() => {
        frozen.delete(victim.process);
        send(victim.pid, 'SIGCONT');
        resolve(Date.now());
      }, milliseconds);
    });
    return { ...struck, thawed };
  };
}

interface Choice {
  readonly frozen: ReadonlySet<RevivedProcess>;
  readonly random: Random;
}

/** Somebody must be left who can go on, except of the API: nothing waits for that. */
function chooseVictim({ processes }: ChaosStand, part: Part, { frozen, random }: Choice) {
  const able = processes[part].flatMap((process) => {
    const { pid } = process;
    return pid === undefined || frozen.has(process) ? [] : [{ process, pid }];
  });
  if (able.length <= (part === 'api' ? 0 : 1)) return null;
  return pick(able, random);
}

/** Four blows of five wait until their victim is at work: an idle one loses nothing. */
const shareAtWork = 0.8;
const atWorkSeconds = 10;
const lookMilliseconds = 10;

async function untilAtWork({ database }: ChaosStand, pid: number): Promise<void> {
  const deadline = performance.now() + atWorkSeconds * 1000;
  while ((await readHeld(database, { pid })).length === 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}

/** Stopped first, so that what is read is what it holds when the blow falls. */
async function stopAndRead(stand: ChaosStand, pid: number): Promise<Struck> {
  const startedAt = performance.now();
  send(pid, 'SIGSTOP');
  return { ...(await read(stand, { pid })), startedAt };
}

async function read({ database }: ChaosStand, victim: Victim): Promise<Omit<Struck, 'startedAt'>> {
  const [clock] = await database.ask<{ now: string }>('select clock_timestamp()::text as now');
  return { held: await readHeld(database, victim), struckAt: clock?.now ?? '' };
}

/** One that has ended by itself is being started again. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function flush(stand: ChaosStand): Promise<Struck> {
  const before = await read(stand, 'queue');
  const startedAt = performance.now();
  await tellRedis(stand.redis?.directUrl ?? '', 'FLUSHALL');
  return { ...before, startedAt };
}

async function restartRedis(stand: ChaosStand): Promise<Struck> {
  const before = await read(stand, 'queue');
  const startedAt = performance.now();
  await stand.redis?.restart();
  return { ...before, startedAt };
}

/** Redis takes nothing more for a while. */
async function fillRedis(stand: ChaosStand, _frozen: unknown, random: Random): Promise<Struck> {
  const before = await read(stand, 'queue');
  const url = stand.redis?.directUrl ?? '';
  const startedAt = performance.now();
  await tellRedis(url, 'CONFIG SET maxmemory 1');
  await new Promise((resolve) => setTimeout(resolve, between(fullSeconds.least, fullSeconds.most, random) * 1000));
  await tellRedis(url, 'CONFIG SET maxmemory 0');
  return { ...before, startedAt };
}

async function terminateConnections(stand: ChaosStand): Promise<Struck> {
  const before = await read(stand, 'everybody');
  const startedAt = performance.now();
  await stand.database.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and application_name <> $1`,
    [observerName],
  );
  return { ...before, startedAt };
}

async function restartPostgres(stand: ChaosStand): Promise<Struck> {
  const before = await read(stand, 'everybody');
  const startedAt = performance.now();
  await stand.postgres.restart();
  return { ...before, startedAt };
}
