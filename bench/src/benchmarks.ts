import { availableParallelism } from 'node:os';
import type { Bench } from './bench.js';
import { measureChaos } from './chaos/measure-chaos.js';
import { measureCancel } from './measure-cancel.js';
import { measureDesign } from './design/measure-design.js';
import { measureDeploy } from './measure-deploy.js';
import { measureDispatch } from './measure-dispatch.js';
import { measureScale } from './measure-scale.js';
import { measureValidate } from './measure-validate.js';
import type { BenchOptions } from './read-options.js';

export interface Benchmark {
  readonly meaning: string;
  readonly defaults: BenchOptions;
  /** The object that is printed as the last line. */
  readonly run: (bench: Bench) => Promise<Readonly<Record<string, unknown>>>;
}

const defaults: BenchOptions = {
  nodes: 100,
  tasks: 200,
  // The rest of the machine runs the scheduler, the database and the simulator.
  workers: Math.max(1, availableParallelism() - 1),
  timeScale: 0,
  backend: 'postgres',
  format: 'deckhand',
  kills: 200,
  repeat: 100,
  seed: 1,
};

/** Every benchmark. */
export const benchmarks = {
  deploy: { meaning: 'prepare and deploy many nodes on a simulated MAAS', defaults, run: measureDeploy },
  dispatch: { meaning: 'from an accepted task to its first step', defaults, run: measureDispatch },
  scale: {
    meaning: 'one task of many nodes whose steps do nothing: the engine alone',
    defaults: { ...defaults, nodes: 10_000, workers: availableParallelism() },
    run: measureScale,
  },
  cancel: {
    meaning: 'from a request to terminate until nobody does anything of the task',
    defaults: { ...defaults, nodes: 20 },
    run: measureCancel,
  },
  chaos: {
    meaning: 'real deploys while everything around them is killed, frozen, flushed and restarted',
    defaults: { ...defaults, nodes: 40, workers: 3, timeScale: 240 },
    run: measureChaos,
  },
  design: {
    meaning: 'from the bytes of a design to its findings, in a fresh process',
    defaults: { ...defaults, nodes: 1000 },
    run: measureDesign,
  },
  validate: {
    meaning: 'POST /validatedesign, and GET /health while a large design compiles',
    defaults: { ...defaults, nodes: 10_000 },
    run: measureValidate,
  },
} as const satisfies Record<string, Benchmark>;

export function isBenchmark(name: string): name is keyof typeof benchmarks {
  return Object.hasOwn(benchmarks, name);
}
