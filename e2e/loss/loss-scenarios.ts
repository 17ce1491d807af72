import { tellRedis } from '@drydock/testkit';
import type { Site, SiteOptions } from '../site/run-site.js';
import { until } from '../site/until.js';
import { actingWorkers, announcingWorker, drivingScheduler, isGivenUp } from '../site/who-acts.js';
import { dwellingStep, type SlowAction } from './slow-script.js';

export type Backend = SiteOptions['backend'];

export interface LossScenario {
  /** Ends the sentence "a task survives ...". */
  readonly name: string;
  readonly action: SlowAction;
  readonly backends: readonly Backend[];
  /** The blow falls while one node is between the announcement of its power cycle and the power cycle. */
  readonly whileDwelling?: true;
  /** Process ids that the blow is for. */
  readonly victims: (site: Site, taskId: string) => Promise<readonly number[]>;
  readonly blow: (site: Site, victims: readonly number[]) => Promise<void>;
}

const both = ['redis', 'postgres'] as const;

const deploying = { action: 'deploy_nodes', backends: both } as const;
const preparing = { action: 'prepare_nodes', backends: both } as const;

/** Every way to lose a process or the queue in the middle of a task. */
export const lossScenarios: readonly LossScenario[] = [
  { name: 'kill -9 of a worker that deploys', ...deploying, victims: busiestWorker, blow: send('SIGKILL') },
  {
    name: 'kill -9 of a worker that prepares',
    ...{ ...preparing, backends: ['redis'] },
    victims: busiestWorker,
    blow: send('SIGKILL'),
  },
  {
    name: 'kill -9 of a worker between announcement and effect',
    ...{ ...preparing, backends: ['postgres'] },
    whileDwelling: true,
    victims: announcer,
    blow: send('SIGKILL'),
  },
  { name: 'kill -9 of the scheduler while nodes deploy', ...deploying, victims: driver, blow: send('SIGKILL') },
  {
    name: 'kill -9 of the scheduler while nodes are prepared',
    ...{ ...preparing, backends: ['postgres'] },
    victims: driver,
    blow: send('SIGKILL'),
  },
  { name: 'kill -9 of the scheduler and all workers', ...deploying, victims: everybody, blow: send('SIGKILL') },
  { name: 'FLUSHALL while nodes deploy', ...{ ...deploying, backends: ['redis'] }, victims: nobody, blow: flush },
  {
    name: 'FLUSHALL while nodes are prepared',
    ...{ ...preparing, backends: ['redis'] },
    victims: nobody,
    blow: flush,
  },
  {
    name: 'a worker that is frozen longer than its lease',
    ...{ ...deploying, backends: ['postgres'] },
    victims: busiestWorker,
    blow: freeze,
  },
  {
    name: 'a worker that is frozen between announcement and effect',
    ...{ ...preparing, backends: ['redis'] },
    whileDwelling: true,
    victims: announcer,
    blow: freeze,
  },
  {
    name: 'a scheduler that is frozen longer than its lease',
    ...{ ...deploying, backends: ['redis'] },
    victims: driver,
    blow: freeze,
  },
  { name: 'SIGTERM of a worker, as in a rolling upgrade', ...deploying, victims: busiestWorker, blow: send('SIGTERM') },
];

async function busiestWorker(site: Site, taskId: string): Promise<readonly number[]> {
  return [await until('a worker acts', async () => (await actingWorkers(site, taskId))[0])];
}

async function announcer(site: Site, taskId: string): Promise<readonly number[]> {
  return [await until('a worker has announced', () => announcingWorker(site, { taskId, ...dwellingStep }))];
}

async function driver(site: Site, taskId: string): Promise<readonly number[]> {
  return [await until('a scheduler drives the task', () => drivingScheduler(site, taskId))];
}

function everybody({ drydock }: Site): Promise<readonly number[]> {
  const names = ['scheduler', 'worker-1', 'worker-2'];
  return Promise.resolve(names.flatMap((name) => drydock.processes.byName.get(name)?.pid ?? []));
}

function nobody(): Promise<readonly number[]> {
  return Promise.resolve([]);
}

function send(signal: NodeJS.Signals): LossScenario['blow'] {
  return (_, victims) => {
    for (const pid of victims) process.kill(pid, signal);
    return Promise.resolve();
  };
}

async function flush({ redisUrl }: Site): Promise<void> {
  await tellRedis(redisUrl ?? '', 'FLUSHALL');
}

/** Wakes each when others have taken over from it: it then believes that it still holds what it held. */
async function freeze(site: Site, victims: readonly number[]): Promise<void> {
  for (const pid of victims) process.kill(pid, 'SIGSTOP');
  try {
    for (const pid of victims) await until('the frozen process is given up', () => isGivenUp(site, pid), 15);
  } finally {
    for (const pid of victims) process.kill(pid, 'SIGCONT');
  }
}
