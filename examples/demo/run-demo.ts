import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DrydockClient, type TaskDocument } from '@drydock/client';
import { compileDesign } from '@drydock/ingester';
import type { CompiledDesign } from '@drydock/model';
import { type Closers, findFreePort, type Log, type RunningDrydock, startDrydock } from '@drydock/runtime';
import { checkDeployed } from './check-deployed.js';
import { fleetOf } from './fleet-of.js';
import { nodeTable } from './node-table.js';
import type { Problem } from './problem.js';
import { runTaskCommand } from './run-task-command.js';
import { type SimulatorProcess, startSimulatorProcess } from './start-simulator-process.js';

export interface DemoOptions {
  readonly projectRoot: string;
  /** Empty; for the database, the design and the logs. */
  readonly dataDirectory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Of everything that it starts. */
  readonly closers: Closers;
  /** For people, line by line. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface DemoEnd {
  readonly nodeCount: number;
  /** None: every machine is deployed as the design asks for. */
  readonly problems: readonly Problem[];
  /** A line per node. */
  readonly table: readonly string[];
  readonly apiUrl: string;
}

interface Stand {
  readonly simulator: SimulatorProcess;
  readonly drydock: RunningDrydock;
}

const actions = ['validate_design', 'verify_site', 'prepare_site', 'verify_nodes', 'prepare_nodes', 'deploy_nodes'];
const shownActions = ['prepare_nodes', 'deploy_nodes'];
/** Virtual seconds per second: a machine needs about 20 virtual minutes from power-on to deployed. */
const timeScale = 240;
/** How often MAAS is asked about waiting machines: two virtual minutes, which nobody has to wait for on real hardware. */
const pollSeconds = 0.5;

/** Builds a site out of nothing and deploys it, as an operator would do it. Throws when a task does not succeed. */
export async function runDemo(options: DemoOptions): Promise<DemoEnd> {
  const { say } = options;
  say('starting PostgreSQL, the API, a scheduler, two workers and a simulated MAAS ...');
  const designDirectory = join(options.dataDirectory, 'design');
  const stand = await startStand(options, designDirectory);
  const { apiUrl } = stand.drydock;
  const { design, file } = await writeDesign(designDirectory);
  await stand.simulator.control.postFleet(fleetOf(design));
  say(`${design.nodes.length} machines are cabled and off; the design is ${file}`);
  say(`the API is at ${apiUrl}/api/v1.0/tasks, Bull Board at ${apiUrl}/admin/queues`);
  const command = { ...options, apiUrl, designRef: pathToFileURL(file).href };
  const tasks: TaskDocument[] = [];
  for (const action of actions) {
    say(`\n$ drydock task create -a ${action} -d ${command.designRef} --wait`);
    tasks.push(await runTaskCommand({ ...command, action }));
  }
  const client = new DrydockClient({ url: apiUrl });
  const shown = tasks.filter(({ action }) => shownActions.includes(action));
  const trees = await Promise.all(shown.map(({ task_id }) => client.getTaskTree(task_id)));
  const machines = await stand.simulator.control.machines();
  return {
    nodeCount: design.nodes.length,
    problems: checkDeployed(design, machines),
    table: nodeTable(design, machines, trees),
    apiUrl,
  };
}

async function startStand(options: DemoOptions, designDirectory: string): Promise<Stand> {
  const { closers, signal, dataDirectory } = options;
  const simulator = await startSimulatorProcess({ ...options, logDirectory: join(dataDirectory, 'logs'), timeScale });
  closers.add('simulator', () => simulator.stop());
  signal.throwIfAborted();
  const drydock = await startDrydock({
    ...options,
    env: {
      ...options.env,
      DRYDOCK_DATA_DIR: dataDirectory,
      DRYDOCK_API_PORT: '0',
      DRYDOCK_NODE_DRIVER: 'maas',
      DRYDOCK_DESIGN_FILE_ROOTS: designDirectory,
      DRYDOCK_OOB_LOOPBACK_ONLY: 'true',
      DRYDOCK_POLL_INTERVAL_SECONDS: String(pollSeconds),
      MAAS_URL: simulator.maasUrl,
      MAAS_API_KEY: simulator.apiKey,
    },
  });
  closers.add('drydock', () => drydock.stop(), 90);
  signal.throwIfAborted();
  return { simulator, drydock };
}

/** The design with a port for the BMCs that nobody listens on: the file's own may be taken. */
async function writeDesign(directory: string): Promise<{ readonly design: CompiledDesign; readonly file: string }> {
  const source = await readFile(new URL('./site.yaml', import.meta.url), 'utf8');
  const port = await findFreePort('127.16.1.11');
  const text = source.replace(/^( +port:) 8000$/m, `$1 ${port}`);
  const file = join(directory, 'site.yaml');
  await mkdir(directory, { recursive: true });
  await writeFile(file, text);
  const { design, findings, isValid } = compileDesign(Buffer.from(text), file);
  if (design === null || !isValid) {
    const errors = findings.filter(({ level }) => level === 'error').map(({ message }) => message);
    throw new Error(`the demo's own design is not valid:\n  ${errors.join('\n  ')}`);
  }
  return { design, file };
}
