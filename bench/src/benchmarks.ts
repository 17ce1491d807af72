import type { Bench } from './bench.js';
import { measureDeploy } from './measure-deploy.js';
import { measureDispatch } from './measure-dispatch.js';
import type { BenchOptions } from './read-options.js';

export interface Benchmark {
  readonly meaning: string;
  readonly defaults: BenchOptions;
  /** The object that is printed as the last line. */
  readonly run: (bench: Bench) => Promise<Readonly<Record<string, unknown>>>;
}

const defaults: BenchOptions = { nodes: 100, tasks: 200, workers: 2, timeScale: 0, backend: 'postgres' };

/** Every benchmark. */
export const benchmarks = {
  deploy: { meaning: 'prepare and deploy many nodes on a simulated MAAS', defaults, run: measureDeploy },
  dispatch: { meaning: 'from an accepted task to its first step', defaults, run: measureDispatch },
} as const satisfies Record<string, Benchmark>;

export function isBenchmark(name: string): name is keyof typeof benchmarks {
  return Object.hasOwn(benchmarks, name);
}
