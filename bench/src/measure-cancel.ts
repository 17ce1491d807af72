import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { DrydockClient } from '@drydock/client';
import { plainSite } from '@drydock/testkit';
import type { Bench } from './bench.js';
import { seededRandom } from './chaos/seeded-random.js';
import { finishTask } from './finish-task.js';
import { LightClient } from './light-client.js';
import { percentile } from './percentile.js';
import { rounded } from './rounded.js';
import { type MeasuredSystem, startSystem } from './start-system.js';

/** Of every call; what is measured is the engine, and an effect that is announced is waited for. */
const callMilliseconds = 40;
const call = { outcome: 'done', withEffects: true, delayMilliseconds: callMilliseconds };

/** Machines that answer at once and deploy for a second: at any moment some are called, some wait and some have not begun. */
const script = {
  format: 1,
  rows: [
    { verb: 'apply_node_networking', ...call, delayAt: 'after_effect' },
    { verb: 'apply_node_storage', ...call },
    { verb: 'apply_node_platform', ...call, delayAt: 'after_intent' },
    { verb: 'deploy_node', ...call, outcome: 'observe', afterSeconds: 1 },
    { verb: 'deploy_node', ...call },
  ],
};

/** How long it takes from the request to terminate a deployment until nobody does anything of it any more. */
export async function measureCancel(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell } = bench;
  const stand = await startStand(bench);
  const wholeSeconds = await secondsOfWhole(bench, stand);
  tell(
    `${options.nodes} nodes on ${options.backend} in ${wholeSeconds.toFixed(1)} s; ${options.repeat} are terminated ...`,
  );
  const random = seededRandom(options.seed);
  const ids: string[] = [];
  let tooLate = 0;
  while (ids.length < options.repeat) {
    const id = await terminateOne(bench, stand, random() * wholeSeconds * 1000);
    if (id === null) tooLate += 1;
    else ids.push(id);
    if (tooLate > options.repeat)
      throw new Error('most deployments ended before they were terminated; give more nodes');
  }
  const milliseconds = await quiescedAfter(stand, ids);
  return {
    nodes: options.nodes,
    terminated: ids.length,
    p50Ms: rounded(percentile(milliseconds, 50), 1),
    p99Ms: rounded(percentile(milliseconds, 99), 1),
    maxMs: rounded(Math.max(...milliseconds), 1),
    callMs: callMilliseconds,
    tooLate,
    seed: options.seed,
    backend: options.backend,
    workers: options.workers,
    durable: stand.system.isDurable,
  };
}

interface CancelStand {
  readonly system: MeasuredSystem;
  readonly client: DrydockClient;
  readonly light: LightClient;
  readonly designRef: string;
}

async function startStand(bench: Bench): Promise<CancelStand> {
  const directory = join(bench.dataDirectory, 'cancel');
  await mkdir(directory, { recursive: true });
  const [design, scriptFile] = [join(directory, 'site.yaml'), join(directory, 'script.json')];
  await writeFile(design, siteOf(bench.options.nodes));
  await writeFile(scriptFile, JSON.stringify(script));
  const system = await startSystem(bench, {
    DRYDOCK_NODE_DRIVER: 'scripted',
    DRYDOCK_SCRIPT: scriptFile,
    DRYDOCK_DESIGN_FILE_ROOTS: directory,
    DRYDOCK_POLL_INTERVAL_SECONDS: '0.5',
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: '0',
  });
  const light = new LightClient(system.drydock.apiUrl);
  bench.closers.add('client', () => light.close());
  const client = new DrydockClient({ url: system.drydock.apiUrl });
  return { system, client, light, designRef: pathToFileURL(design).href };
}

function siteOf(count: number): string {
  const nodes = Array.from({ length: count }, (_, index) => ({
    name: `n${index + 1}`,
    address: `10.0.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`,
    metadata: '{ rack: rack-1 }',
  }));
  return plainSite({ racks: ['rack-1'], oob: '{ type: scripted }', nodes });
}

async function secondsOfWhole({ signal }: Bench, { client, designRef, system }: CancelStand): Promise<number> {
  const wanted = { action: 'deploy_nodes', designRef };
  await finishTask({ client, signal }, wanted);
  const { task_id: id } = await finishTask({ client, signal }, wanted);
  const { rows } = await system.database.query<{ seconds: string }>(
    'select extract(epoch from ended_at - created_at) as seconds from task where id = $1',
    [id],
  );
  return Number(rows[0]?.seconds);
}

/** @returns the task; null when it came to its own end before */
async function terminateOne(
  { signal }: Bench,
  { client, light, designRef }: CancelStand,
  afterMilliseconds: number,
): Promise<string | null> {
  const { task_id: id } = await client.createTask({ action: 'deploy_nodes', designRef });
  await delay(afterMilliseconds, undefined, { signal });
  const { status, text } = await light.post(`/api/v1.0/tasks/${id}/terminate`, {});
  if (status === 409) return null;
  if (status !== 200 && status !== 202) throw new Error(`terminate was answered with ${status}: ${text}`);
  let { status: stand } = await client.getTask(id);
  while (stand !== 'terminated') ({ status: stand } = await client.getTask(id, { waitSeconds: 60, signal }));
  return id;
}

/** By the clock of Postgres. Throws when anything of the tasks is still held: such a measurement is none. */
async function quiescedAfter({ system }: CancelStand, ids: readonly string[]): Promise<readonly number[]> {
  const { rows: held } = await system.database.query<{ what: string }>(
    `select 'a step that is ' || status as what from step where task_id = any($1) and status <> 'ended'
     union all select 'a place in ' || group_key from place where task_id = any($1)
     union all select 'an open effect' from intent join step on step.id = step_id where task_id = any($1) and settled_at is null`,
    [ids],
  );
  if (held[0]) throw new Error(`a terminated task still holds ${held[0].what}; ${held.length} things in all`);
  const { rows } = await system.database.query<{ milliseconds: string }>(
    'select extract(epoch from ended_at - terminate_requested_at) * 1000 as milliseconds from task where id = any($1)',
    [ids],
  );
  return rows.map((row) => Number(row.milliseconds));
}
