import {
  failOverdueSteps,
  idleLanes,
  loseSteps,
  purgeBudgets,
  purgeGroups,
  purgeHolders,
  purgeIntents,
  refreshStatistics,
  restlessLanes,
  ringAgain,
  tellForeignRuns,
  unclaimedSteps,
} from '@drydock/model/db';
import { laneQueueName, stepsQueueName } from '@drydock/queue';
import type { Log } from '@drydock/runtime';
import { jobIdOf } from './ring-steps.js';
import type { SweepParts } from './sweep-parts.js';

export interface Sweep {
  readonly name: string;
  readonly everySeconds: number;
  run(parts: SweepParts): Promise<void>;
}

/** An admitted step without a waiting job is rung again after this long; an active job that has not claimed counts as none. */
const unclaimedSeconds = 2;
/** A step that nobody executed so long after its deadline ends without a call. */
const overdueSeconds = 60;
const waitingJobsLookedAt = 2000;

/** What nobody rang, nobody renewed and nobody ended. Each can be run by any scheduler at any time. */
export const sweeps: readonly Sweep[] = [
  {
    name: 'heartbeat',
    everySeconds: 1,
    run: async ({ pulse, holder, reach }) => {
      await pulse.beat(holder);
      reach.reached();
    },
  },
  {
    name: 'lanes',
    everySeconds: 1,
    run: async ({ db, lanes, laneNames, reach }) => {
      for (const lane of await restlessLanes(db)) {
        if (laneNames.includes(lane) && !lanes.isDriving(lane)) await lanes.startOrTakeOver(lane, reach.mayExpire);
      }
    },
  },
  {
    name: 'lost steps',
    everySeconds: 1,
    run: async ({ db, leaseSeconds, reach, ringSteps, log }) => {
      if (!reach.mayExpire) return;
      const lost = await loseSteps(db, leaseSeconds);
      for (const { id: stepId, errorClass, ...step } of lost) {
        const move = errorClass === null ? 'lose' : 'end';
        log.warn('step moved', { move, stepId, ...step, errorClass, why: 'its worker was lost' });
      }
      ringSteps(lost.filter(({ errorClass }) => errorClass === null));
    },
  },
  {
    name: 'unclaimed steps',
    everySeconds: 1,
    run: async ({ db, queue, ringSteps, log }) => {
      const unclaimed = await unclaimedSteps(db, unclaimedSeconds);
      if (unclaimed.length === 0) return;
      const waiting = new Set(await queue.waitingIds(stepsQueueName, waitingJobsLookedAt));
      const silent = unclaimed.filter((step) => !waiting.has(jobIdOf(step))).map((step) => step.id);
      const again = await ringAgain(db, silent);
      if (again.length > 0) log.warn('steps rung again', { count: again.length });
      ringSteps(again);
    },
  },
  {
    name: 'overdue steps',
    everySeconds: 5,
    run: async ({ db, log }) => {
      for (const { id: stepId, ...step } of await failOverdueSteps(db, overdueSeconds)) {
        log.warn('step moved', { move: 'overdue', stepId, ...step });
      }
    },
  },
  {
    name: 'lane jobs',
    everySeconds: 2,
    run: async ({ db, queue, lanes, laneNames, now }) => {
      for (const lane of await idleLanes(db)) {
        if (!laneNames.includes(lane) || lanes.isDriving(lane)) continue;
        for (const job of await queue.activeJobs(laneQueueName(lane))) {
          const isStale = job.pickedUpAt === null || now() - job.pickedUpAt > unclaimedSeconds * 1000;
          if (isStale) await queue.removeActive(laneQueueName(lane), job.id);
        }
      }
    },
  },
  {
    name: 'global concurrency',
    everySeconds: 10,
    run: async ({ queue, laneNames }) => {
      for (const lane of laneNames) await queue.setGlobalConcurrency(laneQueueName(lane), 1);
    },
  },
  {
    name: 'foreign runs',
    everySeconds: 10,
    run: async ({ db, log }) => {
      for (const run of await tellForeignRuns(db)) log.warn('task of a newer version left alone', { ...run });
    },
  },
  {
    name: 'statistics',
    everySeconds: 5,
    run: async ({ db, log }) => {
      const tables = await refreshStatistics(db);
      if (tables.length > 0) log.info('tables analysed', { tables });
    },
  },
  { name: 'gone processes', everySeconds: 60, run: ({ db, log }) => purge('processes', purgeHolders(db), log) },
  { name: 'settled effects', everySeconds: 3600, run: ({ db, log }) => purge('effects', purgeIntents(db), log) },
  { name: 'unused groups', everySeconds: 3600, run: ({ db, log }) => purge('groups', purgeGroups(db), log) },
  { name: 'full budgets', everySeconds: 3600, run: ({ db, log }) => purge('budgets', purgeBudgets(db), log) },
];

async function purge(what: string, purging: Promise<number>, log: Log): Promise<void> {
  const count = await purging;
  if (count > 0) log.info('purged', { what, count });
}
