import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Closers, createLogger, stopOnSignals } from '@drydock/runtime';
import { demoReport } from './demo-report.js';
import { makeRunDirectory } from './make-run-directory.js';
import { readArguments, usage } from './read-arguments.js';
import { type DemoEnd, runDemo } from './run-demo.js';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const passedNames = ['PATH', 'HOME', 'TZ', 'TERM', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'DRYDOCK_LOG_LEVEL'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const wish = readArguments(process.argv.slice(2));
if (wish.kind === 'run') await main(wish.isKept);
else if (wish.kind === 'help') say(usage);
else refuse(wish.problem);

function refuse(problem: string): void {
  complain(`${problem}\n${usage}`);
  process.exitCode = 2;
}

async function main(isKept: boolean): Promise<void> {
  const startedAt = performance.now();
  const log = createLogger({ stream: process.stderr, level: 'warn', fields: { service: 'demo' } });
  const configured = process.env['DRYDOCK_DATA_DIR'];
  const dataDirectory = await makeRunDirectory({ projectRoot, configured, name: 'demo' });
  const logDirectory = join(dataDirectory, 'logs');
  const closers = new Closers();
  // Last of all: nobody uses the database any more. Design and logs stay.
  for (const name of ['postgres', 'secret-key']) {
    closers.add(name, () => rm(join(dataDirectory, name), { recursive: true, force: true }));
  }
  const interruption = new AbortController();
  const { signal } = interruption;
  const running = runDemo({ projectRoot, dataDirectory, env: passedEnvironment(), log, closers, say, signal });
  const state = { isDeployed: false };
  const stop = async (): Promise<void> => {
    say('\nstopping ...');
    interruption.abort(new Error('interrupted'));
    await Promise.allSettled([running]);
    await closers.close();
  };
  stopOnSignals({ log, stop, host: interruptible(() => state.isDeployed) });
  try {
    const end = await running;
    state.isDeployed = end.problems.length === 0;
    report(end, { seconds: (performance.now() - startedAt) / 1000, logDirectory, isKept });
    if (isKept) return;
  } catch (error) {
    if (signal.aborted) return;
    complain(
      `\nthe demo failed: ${error instanceof Error ? error.message : String(error)}\nlogs are in ${logDirectory}`,
    );
  }
  await closers.close();
  process.exit(state.isDeployed ? 0 : 1);
}

function report(
  end: DemoEnd,
  facts: { readonly seconds: number; readonly logDirectory: string; readonly isKept: boolean },
): void {
  for (const line of demoReport(end, facts)) say(line);
}

/** The demo has its own database and queue, whatever DATABASE_URL and REDIS_URL say. */
function passedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    passedNames.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ) as Record<string, string>;
}

/** An interrupted demo has shown nothing, however cleanly it stopped. */
function interruptible(isDeployed: () => boolean) {
  return {
    on: process.on.bind(process),
    removeListener: process.removeListener.bind(process),
    exit: (code: number) => process.exit(code === 0 && !isDeployed() ? 130 : code),
  };
}
