import type { Closers, Log } from '@drydock/runtime';
import type { BenchOptions } from './read-options.js';

/** What a benchmark gets. */
export interface Bench {
  readonly options: BenchOptions;
  readonly projectRoot: string;
  /** Empty; for the database, the design and the logs. */
  readonly dataDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** Of everything that it starts. */
  readonly closers: Closers;
  readonly signal: AbortSignal;
  /** For people, line by line. */
  readonly tell: (line: string) => void;
}
