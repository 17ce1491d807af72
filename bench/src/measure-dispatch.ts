import { DrydockClient } from '@drydock/client';
import type { Bench } from './bench.js';
import { finishTask } from './finish-task.js';
import { percentile } from './percentile.js';
import { rounded } from './rounded.js';
import { startSystem } from './start-system.js';

/** Needs no design, and its steps do nothing: what is left is the engine. */
const wanted = { action: 'verify_site', designRef: 'file:///nowhere/site.yaml' };

/** How long a task waits from the moment that it was accepted until a worker begins its first step. */
export async function measureDispatch(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell } = bench;
  const { drydock, database, isDurable } = await startSystem(bench, { DRYDOCK_NODE_DRIVER: 'scripted' });
  const client = new DrydockClient({ url: drydock.apiUrl });
  const caller = { client, signal: bench.signal };
  await finishTask(caller, wanted);
  tell(`${options.tasks} tasks, one after another, on ${options.backend} ...`);
  const ids: string[] = [];
  for (let index = 0; index < options.tasks; index += 1) ids.push((await finishTask(caller, wanted)).task_id);
  const { rows } = await database.query<{ milliseconds: string }>(
    `select extract(epoch from min(step.first_claimed_at) - task.created_at) * 1000 as milliseconds
     from task join step on step.task_id = task.id where task.id = any($1) group by task.id`,
    [ids],
  );
  const milliseconds = rows.map((row) => Number(row.milliseconds));
  if (milliseconds.length !== ids.length) throw new Error(`${ids.length - milliseconds.length} tasks began no step`);
  return {
    tasks: ids.length,
    p50Ms: rounded(percentile(milliseconds, 50), 2),
    p99Ms: rounded(percentile(milliseconds, 99), 2),
    maxMs: rounded(Math.max(...milliseconds), 2),
    backend: options.backend,
    workers: options.workers,
    durable: isDurable,
  };
}
