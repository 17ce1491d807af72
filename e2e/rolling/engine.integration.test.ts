import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import type { RunningProcesses } from '@drydock/runtime';
import { readEffects } from '@drydock/scripted-driver';
import { sql } from 'drizzle-orm';
import { checkEffects } from '../loss/check-effects.js';
import { effectVerbs, slowScript } from '../loss/slow-script.js';
import { addScheduler } from '../site/add-scheduler.js';
import { endOfTask } from '../site/end-of-task.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';

let site: Site;
let second: RunningProcesses;
beforeAll(async () => {
  site = await runSite({ backend: 'postgres', script: slowScript, env: { DRYDOCK_WORKER_SLOTS: '4' } });
  second = await addScheduler(site);
}, 120_000);
afterAll(async () => {
  await second?.stop();
  await site?.close();
}, 120_000);

/** Tells the process to stop, and waits until the one that takes its place is there. */
async function restart(processes: RunningProcesses, name: string): Promise<void> {
  const running = processes.byName.get(name);
  const pid = running?.pid;
  if (!running || pid === undefined) throw new Error(`${name} does not run`);
  process.kill(pid, 'SIGTERM');
  await until(`${name} runs again`, async () => {
    if (running.pid === undefined || running.pid === pid) return false;
    const found = await rows(site.database.db, sql`select 1 from holder where pid = ${running.pid}`);
    return found.length > 0;
  });
}

it('restarting every worker and scheduler during a deployment fails and loses no step', async () => {
  const nodes = Array.from({ length: 40 }, (_, index) => `n${String(index + 1).padStart(2, '0')}`);
  const designRef = await site.writeDesign('rolling', scriptedDesign(nodes));
  const { task_id: taskId } = await site.client.createTask({ action: 'deploy_nodes', designRef });
  await until('steps run', async () => (await readEffects(site.effectsFile)).length >= 10);
  for (const name of ['worker-1', 'worker-2', 'scheduler']) await restart(site.drydock.processes, name);
  await restart(second, 'second-scheduler');
  const task = await endOfTask(site, taskId, 90);
  expect(task.result).toMatchObject({ status: 'success', successes: nodes, failures: [] });
  const bad = await rows(
    site.database.db,
    sql`select verb, node_name, attempt, "end", error_class, lost_count from step
      where task_id = ${taskId} and ("end" <> 'succeeded' or attempt > 0 or lost_count > 0)`,
  );
  expect(bad).toEqual([]);
  expect(checkEffects(await readEffects(site.effectsFile), { nodes, verbs: effectVerbs.deploy_nodes })).toEqual([]);
}, 180_000);
