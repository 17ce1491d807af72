import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { DrydockClient } from '@drydock/client';
import type { Bench } from './bench.js';
import { countStatements } from './count-statements.js';
import { finishTask } from './finish-task.js';
import { LightClient } from './light-client.js';
import { percentile } from './percentile.js';
import { processorSeconds } from './processor-seconds.js';
import { readRedisMemory } from './read-redis-memory.js';
import { rounded } from './rounded.js';
import { generateSite } from './site/generate-site.js';
import { type MeasuredSystem, startSystem } from './start-system.js';

/** What protects real machines would be all that is measured: off, and said so in the result. */
const limits = { provisionerCalls: 1000, deployments: 1000, deploymentsPerMinute: 0 } as const;

const probePauseMilliseconds = 20;

/** How fast the engine alone is: one deployment of many nodes whose steps do nothing. */
export async function measureScale(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell, signal } = bench;
  const stand = await startStand(bench);
  const { client, designRef, system } = stand;
  await finishTask({ client, signal }, { action: 'verify_site', designRef });
  tell(`one deployment of ${options.nodes} nodes on ${options.backend}, ${options.workers} workers ...`);
  const before = await countersOf(stand);
  const { task_id: id } = await client.createTask({ action: 'deploy_nodes', designRef });
  const progress = { isOver: false };
  const probing = probe(bench, stand, { id, progress });
  await finishOne(stand, id, signal).finally(() => (progress.isOver = true));
  const { milliseconds, redisBytes } = await probing;
  const after = await countersOf(stand);
  const times = await timesOf(stand, id);
  for (const [name, seconds] of after.processorSeconds ?? []) {
    tell(`processor time of ${name}: ${(seconds - (before.processorSeconds?.get(name) ?? 0)).toFixed(2)} s`);
  }
  return {
    nodes: options.nodes,
    createSeconds: rounded(times.firstClaim - times.compiled, 3),
    runSeconds: rounded(times.end - times.firstClaim, 3),
    stepsPerSecond: rounded(times.steps / (times.end - times.firstClaim), 1),
    getP99Ms: rounded(percentile(milliseconds, 99), 2),
    getP50Ms: rounded(percentile(milliseconds, 50), 2),
    getMaxMs: rounded(Math.max(...milliseconds), 2),
    steps: times.steps,
    compileSeconds: rounded(times.compiled - times.start, 3),
    sqlPerStep: rounded(perStep(before.statements, after.statements, times.steps), 2),
    cpuMsPerStep: rounded(
      perStep(total(before.processorSeconds), total(after.processorSeconds), times.steps / 1000),
      3,
    ),
    redisKib: redisBytes.length === 0 ? null : Math.round((Math.max(...redisBytes) - (redisBytes[0] ?? 0)) / 1024),
    backend: options.backend,
    workers: options.workers,
    durable: system.isDurable,
    ...limits,
  };
}

interface ScaleStand {
  readonly system: MeasuredSystem;
  readonly client: DrydockClient;
  readonly light: LightClient;
  readonly designRef: string;
}

async function startStand(bench: Bench): Promise<ScaleStand> {
  const directory = join(bench.dataDirectory, 'scale');
  await mkdir(directory, { recursive: true });
  const design = join(directory, 'site.yaml');
  await writeFile(design, generateSite(bench.options.nodes, 'native'));
  const system = await startSystem(bench, {
    DRYDOCK_NODE_DRIVER: 'scripted',
    DRYDOCK_DESIGN_FILE_ROOTS: directory,
    DRYDOCK_LIMIT_PROVISIONER_CALLS: String(limits.provisionerCalls),
    DRYDOCK_LIMIT_DEPLOYMENTS: String(limits.deployments),
    DRYDOCK_LIMIT_DEPLOYMENTS_PER_MINUTE: String(limits.deploymentsPerMinute),
  });
  const light = new LightClient(system.drydock.apiUrl);
  bench.closers.add('client', () => light.close());
  const client = new DrydockClient({ url: system.drydock.apiUrl });
  return { system, client, light, designRef: pathToFileURL(design).href };
}

async function finishOne({ client }: ScaleStand, id: string, signal: AbortSignal): Promise<void> {
  let task = await client.getTask(id);
  while (task.status !== 'complete') task = await client.getTask(id, { waitSeconds: 60, signal });
  if (task.result.status !== 'success') throw new Error(`the deployment ended as ${task.result.status}`);
}

interface Probe {
  readonly id: string;
  readonly progress: { readonly isOver: boolean };
}

/** One client that asks for the task again and again, and what Redis holds meanwhile. */
async function probe({ signal }: Bench, { light, system }: ScaleStand, { id, progress }: Probe) {
  const milliseconds: number[] = [];
  const redisBytes: number[] = [];
  while (!progress.isOver) {
    signal.throwIfAborted();
    const { status, milliseconds: took } = await light.get(`/api/v1.0/tasks/${id}`);
    if (status !== 200) throw new Error(`the task was answered with ${status}`);
    milliseconds.push(took);
    if (system.redisUrl !== null && milliseconds.length % 10 === 1) {
      redisBytes.push(await readRedisMemory(system.redisUrl));
    }
    await delay(probePauseMilliseconds);
  }
  return { milliseconds, redisBytes };
}

async function countersOf({ system }: ScaleStand) {
  return {
    processorSeconds: await processorSeconds(system.drydock.processes),
    statements: await countStatements(system.database),
  };
}

function total(seconds: ReadonlyMap<string, number> | null): number | null {
  return seconds === null ? null : [...seconds.values()].reduce((sum, each) => sum + each, 0);
}

function perStep(before: number | null, after: number | null, steps: number): number | null {
  return before === null || after === null ? null : (after - before) / steps;
}

interface Times {
  /** Seconds since 1970; all by clocks of this machine. */
  readonly start: number;
  readonly compiled: number;
  readonly firstClaim: number;
  readonly end: number;
  readonly steps: number;
}

async function timesOf({ system }: ScaleStand, id: string): Promise<Times> {
  const { rows } = await system.database.query<Readonly<Record<Exclude<keyof Times, 'compiled'>, string>>>(
    `select extract(epoch from t.started_at) as start, extract(epoch from t.ended_at) as end, t.steps_total as steps,
       (select extract(epoch from min(s.first_claimed_at)) from step s where s.task_id = t.id) as "firstClaim"
     from task t where t.id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the task is gone');
  const compiled = await compiledAt(system.drydock.logDirectory, id);
  const [start, firstClaim, end, steps] = [row.start, row.firstClaim, row.end, row.steps].map(Number);
  return { start: start ?? 0, compiled, firstClaim: firstClaim ?? 0, end: end ?? 0, steps: steps ?? 0 };
}

/** When the scheduler had the compiled design: it says so in its log, and nowhere else. */
async function compiledAt(logDirectory: string, id: string): Promise<number> {
  const text = await readFile(join(logDirectory, 'scheduler.log'), 'utf8');
  const line = text.split('\n').find((each) => each.includes('"design compiled"') && each.includes(id));
  if (line === undefined) throw new Error('the log of the scheduler does not say when the design was compiled');
  const { timestamp } = JSON.parse(line) as { readonly timestamp: string };
  return Date.parse(timestamp) / 1000;
}
