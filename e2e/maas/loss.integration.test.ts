import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkDeployed, siteOf } from '@drydock/demo';
import type { JournalEntry } from '@drydock/maas-simulator';
import { rows } from '@drydock/model/db';
import { findFreePort } from '@drydock/runtime';
import { checkJournal, tellRedis } from '@drydock/testkit';
import { sql } from 'drizzle-orm';
import { endOfTask } from '../site/end-of-task.js';
import { hasRedis } from '../site/has-redis.js';
import { until } from '../site/until.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { actingWorkers, drivingScheduler } from '../site/who-acts.js';
import { readAttempts } from './read-attempts.js';
import { type MaasSite, runMaasSite, stage } from './run-maas-site.js';

interface MaasLoss {
  readonly name: string;
  readonly blow: (taskId: string) => Promise<void>;
}

const nodeCount = 6;
const timeScale = 240;
const taskSeconds = 90;
const backend = (await hasRedis()) ? 'redis' : 'postgres';

/** An effect that has been seen in the journal says that the task is in its middle. */
const middles = [
  { action: 'prepare_nodes', op: 'commission' },
  { action: 'deploy_nodes', op: 'deploy' },
] as const;

let maas: MaasSite;
beforeAll(async () => {
  // Few calls at a time: nodes are then at different steps when the blow falls.
  maas = await runMaasSite({ backend, timeScale, env: { DRYDOCK_LIMIT_PROVISIONER_CALLS: '3' } });
}, 60_000);
afterAll(() => maas?.close(), 120_000);

const losses: readonly MaasLoss[] = [
  { name: 'kill -9 of a worker', blow: killWorker },
  { name: 'kill -9 of the scheduler', blow: killScheduler },
  ...(backend === 'redis' ? [{ name: 'FLUSHALL', blow: flush }] : []),
];

describe('preparing and deploying machines of MAAS', () => {
  test.each(losses)(
    '$name in the middle costs no task and no second effect',
    async ({ name, blow }) => {
      const { site, simulator } = maas;
      const bmcPort = await findFreePort('127.16.1.11');
      const { design, designRef } = await stage(maas, siteOf(nodeCount, { bmcPort }));
      const since = (await simulator.control.journal()).at(-1)?.sequence ?? 0;
      await succeed('prepare_site', designRef);
      for (const { action, op } of middles) {
        const { task_id: taskId } = await site.client.createTask({ action, designRef });
        await until(
          `the first ${op}`,
          async () => (await simulator.control.journal({ since, op, accepted: true })).length > 0,
        );
        await blow(taskId);
        const struckAt = performance.now();
        const { result } = await endOfTask(site, taskId, taskSeconds);
        process.stderr.write(
          `MAAS: ${action} ended ${((performance.now() - struckAt) / 1000).toFixed(1)} s after ${name}\n`,
        );
        expect(result).toMatchObject({ status: 'success', successes: design.nodes.map((node) => node.name).sort() });
      }
      expect(checkDeployed(design, await simulator.control.machines())).toEqual([]);
      const journal = await simulator.control.journal({ since });
      expect(checkJournal(journal, await readAttempts(site))).toEqual([]);
      expect(countsOf(journal)).toEqual({ commission: nodeCount, allocate: nodeCount, deploy: nodeCount, release: 0 });
      expect(await whatIsHeld(site)).toEqual([]);
    },
    2.5 * taskSeconds * 1000,
  );
});

async function succeed(action: string, designRef: string): Promise<void> {
  const { task_id: taskId } = await maas.site.client.createTask({ action, designRef });
  expect((await endOfTask(maas.site, taskId)).result.status).toBe('success');
}

/** Nothing failed, so nothing may have been done again either. */
function countsOf(journal: readonly JournalEntry[]): Readonly<Record<string, number>> {
  const ops = ['commission', 'allocate', 'deploy', 'release'];
  const count = (op: string) => journal.filter((entry) => entry.accepted && entry.op === op).length;
  return Object.fromEntries(ops.map((op) => [op, count(op)]));
}

async function killWorker(taskId: string): Promise<void> {
  const pid = await until('a worker acts', async () => (await actingWorkers(maas.site, taskId))[0]);
  await until('no request is about to be sent', isNothingAboutToBeSent);
  process.kill(pid, 'SIGKILL');
}

async function killScheduler(taskId: string): Promise<void> {
  process.kill(await until('a scheduler drives it', () => drivingScheduler(maas.site, taskId)), 'SIGKILL');
}

async function flush(): Promise<void> {
  await tellRedis(maas.site.redisUrl ?? '', 'FLUSHALL');
}

/**
 * A request follows its announcement within milliseconds. A worker that dies in between costs the settle time of its
 * verb, up to 300 s; `e2e/loss` shows that case with a BMC's 15 s.
 */
async function isNothingAboutToBeSent(): Promise<boolean> {
  const found = await rows(
    maas.site.database.db,
    sql`select 1 from intent where settled_at is null and written_at > clock_timestamp() - interval '25 milliseconds'`,
  );
  return found.length === 0;
}
