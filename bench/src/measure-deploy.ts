import type { TaskDocument } from '@drydock/client';
import { checkDeployed } from '@drydock/demo';
import type { Bench } from './bench.js';
import { type DeployStand, startDeployStand, stopwatchSettings } from './deploy-stand.js';
import { finishTask } from './finish-task.js';
import { countersBetween, readCounters } from './read-counters.js';
import { rounded } from './rounded.js';

const warmUpActions = ['validate_design', 'verify_site', 'prepare_site', 'verify_nodes'];
const measuredActions = ['prepare_nodes', 'deploy_nodes'];

/** How long it takes to prepare and deploy many nodes, and what it costs. */
export async function measureDeploy(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell, signal } = bench;
  const stand = await startDeployStand(bench);
  const { client, designRef } = stand;
  for (const action of warmUpActions) await finishTask({ client, signal }, { action, designRef });
  tell(`${options.nodes} nodes on ${options.backend}, ${options.workers} workers ...`);
  const before = await readCounters(stand);
  const tasks: TaskDocument[] = [];
  for (const action of measuredActions) tasks.push(await finishTask({ client, signal }, { action, designRef }));
  const used = countersBetween(before, await readCounters(stand));
  await requireDeployed(stand);
  const seconds = await secondsOf(stand, tasks);
  for (const [index, each] of seconds.entries()) tell(`${tasks[index]?.action}: ${each.toFixed(3)} s`);
  for (const [name, spent] of used.processorSeconds ?? []) tell(`processor time of ${name}: ${spent.toFixed(2)} s`);
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const steps = await countSteps(stand, tasks);
  return {
    nodes: options.nodes,
    seconds: rounded(total, 3),
    steps,
    msPerStep: rounded((total * 1000) / steps, 2),
    cpuMsPerStep: rounded(per(milliseconds(used.processorSeconds), steps), 2),
    maasCallsPerNode: rounded(per(used.maasCalls, options.nodes), 1),
    sqlPerNode: rounded(per(used.statements, options.nodes), 1),
    durable: stand.system.isDurable,
    backend: options.backend,
    workers: options.workers,
    timeScale: options.timeScale,
    ...stopwatchSettings,
  };
}

function milliseconds(byProcess: ReadonlyMap<string, number> | null): number | null {
  return byProcess === null ? null : [...byProcess.values()].reduce((sum, seconds) => sum + seconds, 0) * 1000;
}

function per(value: number | null, count: number): number | null {
  return value === null ? null : value / count;
}

/** A fast deployment of something else is no result. */
async function requireDeployed({ design, simulator }: DeployStand): Promise<void> {
  const problems = checkDeployed(design, await simulator.control.machines());
  const [first] = problems;
  if (first === undefined) return;
  const { node, what, wanted, found } = first;
  throw new Error(`${node}: ${what}: wanted ${wanted}, found ${found}; ${problems.length} differences in all`);
}

/** Each from accepted to ended, by the clock of Postgres: when a client learns of an end is another matter. */
async function secondsOf({ system }: DeployStand, tasks: readonly TaskDocument[]): Promise<readonly number[]> {
  const { rows } = await system.database.query<{ seconds: string }>(
    'select extract(epoch from ended_at - created_at) as seconds from task where id = any($1) order by position',
    [tasks.map(({ task_id }) => task_id)],
  );
  return rows.map((row) => Number(row.seconds));
}

/** The leaves of the tasks as the API shows them: the original's subtasks of one node. */
async function countSteps({ client }: DeployStand, tasks: readonly TaskDocument[]): Promise<number> {
  const trees = await Promise.all(tasks.map(({ task_id }) => client.getTaskTree(task_id)));
  return trees
    .flatMap(({ root, tasks }) => [...tasks.values()].filter((task) => task !== root))
    .filter(({ subtask_id_list }) => subtask_id_list.length === 0).length;
}
