import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRunDirectory } from '@drydock/demo';
import { Closers, createLogger, stopOnSignals } from '@drydock/runtime';
import { benchmarks, isBenchmark } from './benchmarks.js';
import { readOptions, UsageError, usage } from './read-options.js';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** An interrupted measurement has measured nothing. */
const neverSuccessful = {
  on: process.on.bind(process),
  removeListener: process.removeListener.bind(process),
  exit: (code: number) => process.exit(code === 0 ? 130 : code),
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  if (!isBenchmark(name)) return refuse(name === '' ? 'name a benchmark' : `there is no benchmark ${name}`);
  try {
    return await measure(name, readOptions(words, benchmarks[name].defaults));
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message);
    throw error;
  }
}

async function measure(name: keyof typeof benchmarks, options: ReturnType<typeof readOptions>): Promise<number> {
  const log = createLogger({ stream: process.stderr, level: 'warn', fields: { service: 'bench' } });
  const configured = process.env['DRYDOCK_DATA_DIR'];
  const dataDirectory = await makeRunDirectory({ projectRoot, configured, name: 'bench' });
  const closers = new Closers();
  const interruption = new AbortController();
  const { signal } = interruption;
  const running = benchmarks[name].run({
    options,
    projectRoot,
    dataDirectory,
    env: process.env,
    log,
    closers,
    signal,
    tell,
  });
  const stop = async (): Promise<void> => {
    interruption.abort(new Error('interrupted'));
    await Promise.allSettled([running]);
    await closers.close();
  };
  const takeBack = stopOnSignals({ log, stop, host: neverSuccessful });
  try {
    const result = await running;
    await closers.close();
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } catch (error) {
    await closers.close();
    tell(`the benchmark failed: ${error instanceof Error ? error.message : String(error)}`);
    tell(`logs are in ${join(dataDirectory, 'logs')}`);
    return 1;
  } finally {
    takeBack();
  }
}

function refuse(problem: string): number {
  const names = Object.entries(benchmarks).map(([name, { meaning }]) => `  ${name.padEnd(9)} ${meaning}`);
  tell([`bench: ${problem}`, 'npm run -s bench -- NAME [options]', ...names, usage].join('\n'));
  return 2;
}
