import type { QueueBackend, QueueLog } from '@drydock/queue';

/** One backend under test, and what a test does to the datastore behind it. */
export interface QueueWorld {
  /** Environment in which `holder-process.ts` opens the same backend. */
  readonly holderEnvironment: Readonly<Record<string, string>>;
  /** Another process's view of the same datastore: own connections. Closed after the test. */
  open(): Promise<QueueBackend>;
  /** What FLUSHALL, or a restore of an old backup, does. */
  loseAllJobs(): Promise<void>;
  /** Cuts every connection that a backend opened. */
  cutConnections(): Promise<number>;
  countConnections(): Promise<number>;
}

export interface QueueBehaviour {
  readonly name: string;
  run(world: QueueWorld, queue: string): Promise<void>;
}

export const silentLog: QueueLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
