import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rows } from '@drydock/model/db';
import type { RunningProcesses } from '@drydock/runtime';
import { readEffects } from '@drydock/scripted-driver';
import { sql } from 'drizzle-orm';
import { addScheduler } from '../site/add-scheduler.js';
import { endOfTask } from '../site/end-of-task.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { drivingScheduler } from '../site/who-acts.js';
import { checkEffects } from './check-effects.js';
import { effectVerbs, slowScript } from './slow-script.js';

let site: Site;
let second: RunningProcesses;
beforeAll(async () => {
  site = await runSite({ backend: 'postgres', script: slowScript });
  second = await addScheduler(site);
}, 60_000);
afterAll(async () => {
  await second?.stop();
  await site?.close();
}, 60_000);

const nodesPerTask = 4;

test('two schedulers run the tasks of one lane one after another, whatever happens to either', async () => {
  const tasks = await Promise.all(['a', 'b', 'c', 'd'].map((name) => submit(name)));
  const [killed, frozen] = tasks;
  process.kill(await driverOf(killed?.id), 'SIGKILL');
  await endOfTask(site, killed?.id ?? '');
  const sleeper = await driverOf(frozen?.id);
  process.kill(sleeper, 'SIGSTOP');
  try {
    await until('the other scheduler has taken over', async () => (await driverOf(frozen?.id)) !== sleeper);
  } finally {
    process.kill(sleeper, 'SIGCONT');
  }
  for (const { id, nodes } of tasks) {
    expect((await endOfTask(site, id)).result).toMatchObject({ status: 'success', successes: nodes });
  }
  expect(await overlaps()).toEqual([]);
  const expected = { nodes: tasks.flatMap(({ nodes }) => nodes), verbs: effectVerbs.deploy_nodes };
  expect(checkEffects(await readEffects(site.effectsFile), expected)).toEqual([]);
  expect(await whatIsHeld(site)).toEqual([]);
}, 90_000);

async function submit(name: string): Promise<{ readonly id: string; readonly nodes: readonly string[] }> {
  const nodes = Array.from({ length: nodesPerTask }, (_, index) => `${name}-n${index + 1}`);
  const designRef = await site.writeDesign(name, scriptedDesign(nodes));
  const { task_id: id } = await site.client.createTask({ action: 'deploy_nodes', designRef });
  return { id, nodes };
}

function driverOf(taskId = ''): Promise<number> {
  return until('somebody drives the task', () => drivingScheduler(site, taskId));
}

/** Pairs of tasks of one lane that ran at the same time. */
async function overlaps(): Promise<readonly object[]> {
  return rows(
    site.database.db,
    sql`select one.id, other.id as other from task one join task other on one.id < other.id and one.lane = other.lane
      where one.started_at < other.ended_at and other.started_at < one.ended_at`,
  );
}
