import { parseArgs } from 'node:util';
import { siteFormats, type SiteFormat } from './site/generate-site.js';

export interface BenchOptions {
  readonly nodes: number;
  readonly tasks: number;
  readonly workers: number;
  /** Virtual seconds per second of the simulator; 0 = at once. */
  readonly timeScale: number;
  readonly backend: 'redis' | 'postgres';
  /** Of a generated site. */
  readonly format: SiteFormat;
  /** Effective blows of the chaos. */
  readonly kills: number;
  /** Tasks that are terminated. */
  readonly repeat: number;
  /** Of everything that is chosen at random. */
  readonly seed: number;
}

/** The command line cannot be obeyed; the message names the option. */
export class UsageError extends Error {}

export const usage = `options:
  --backend redis|postgres   what BullMQ runs on
  --workers N                worker processes
  --nodes N                  deploy, scale, cancel, chaos, validate, design: nodes of the site
  --format native|deckhand   design: of the site
  --time-scale N             deploy, chaos: virtual seconds per second, 0 = at once
  --tasks N                  dispatch: tasks, one after another
  --kills N                  chaos: effective blows
  --repeat N                 cancel: tasks that are terminated
  --seed N                   chaos, cancel: of what is chosen at random`;

const flags = {
  nodes: { type: 'string' },
  tasks: { type: 'string' },
  workers: { type: 'string' },
  'time-scale': { type: 'string' },
  backend: { type: 'string' },
  format: { type: 'string' },
  kills: { type: 'string' },
  repeat: { type: 'string' },
  seed: { type: 'string' },
} as const;

/** @throws UsageError */
export function readOptions(words: readonly string[], defaults: BenchOptions): BenchOptions {
  const values = parse(words);
  const backend = values.backend ?? defaults.backend;
  if (backend !== 'redis' && backend !== 'postgres') {
    throw new UsageError(`--backend must be redis or postgres, not "${backend}"`);
  }
  const format = siteFormats.find((each) => each === (values.format ?? defaults.format));
  if (format === undefined) throw new UsageError(`--format must be native or deckhand, not "${values.format}"`);
  const count = (name: 'nodes' | 'tasks' | 'workers' | 'kills' | 'repeat' | 'seed', most: number): number => {
    const value = Number(values[name] ?? defaults[name]);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new UsageError(`--${name} must be a whole number from 1 to ${most}, not "${values[name]}"`);
  };
  const timeScale = Number(values['time-scale'] ?? defaults.timeScale);
  if (!(timeScale >= 0) || values['time-scale']?.trim() === '') {
    throw new UsageError(`--time-scale must be a number from 0, not "${values['time-scale']}"`);
  }
  return {
    nodes: count('nodes', 20_000),
    tasks: count('tasks', 100_000),
    workers: count('workers', 64),
    timeScale,
    backend,
    format,
    kills: count('kills', 100_000),
    repeat: count('repeat', 100_000),
    seed: count('seed', 2 ** 31),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: flags }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
