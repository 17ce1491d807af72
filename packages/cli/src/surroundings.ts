/** Ctrl-C, and what a CI server or a container sends to a job that it cancels. */
export type Interruption = 'SIGINT' | 'SIGTERM';

/** What the commands know of the process that they run in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results, for the next program. */
  readonly print: (text: string) => void;
  /** Progress and errors, for a person. */
  readonly tell: (text: string) => void;
  /** Everything on standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  /** Of the terminal that `tell` writes to; null when it is a file or a pipe. */
  readonly terminal: { readonly columns: number; readonly rows: number } | null;
  readonly projectRoot: string;
  /** Of Drydock. */
  readonly version: string;
  readonly nodeVersion: string;
  readonly uid: number | undefined;
  /** Calls back at each interruption instead of ending the process; the answer takes that back. */
  readonly onInterrupt: (callback: (interruption: Interruption) => void) => () => void;
}
