import { mkdir } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { type Log, silentLog } from '../logging/log.js';
import { Closers } from '../process-life/closers.js';
import type { ProcessSpec, ReadyFields } from './process-spec.js';
import { SupervisedProcess } from './supervised-process.js';

export interface StartProcessesOptions {
  readonly processes: readonly ProcessSpec[];
  /** Every process writes `<name>.log` here. */
  readonly logDirectory: string;
  /** Also gets every line, with the process's name in front. */
  readonly echo?: Writable | undefined;
  readonly log?: Log;
}

export interface RunningProcess {
  readonly name: string;
  readonly logFile: string;
  /** What it told when it first became ready, e.g. its URL. */
  readonly ready: ReadyFields;
  /** Undefined while it is being restarted. */
  readonly pid: number | undefined;
  readonly restarts: number;
  stop(): Promise<void>;
}

export interface RunningProcesses {
  readonly byName: ReadonlyMap<string, RunningProcess>;
  /** Stops all, the last of the list first. May be repeated. */
  stop(): Promise<void>;
}

/**
 * Starts all processes at once and waits until every one is ready; if one fails, the others are stopped again.
 * Processes that stand on each other's readiness are started by two calls.
 */
export async function startProcesses(options: StartProcessesOptions): Promise<RunningProcesses> {
  await mkdir(options.logDirectory, { recursive: true, mode: 0o700 });
  const supervision = { logDirectory: options.logDirectory, echo: options.echo, log: options.log ?? silentLog };
  const supervised = options.processes.map((spec) => new SupervisedProcess(spec, supervision));
  const closers = new Closers();
  for (const one of supervised) closers.add(one.name, () => one.stop(), 30);
  const starts = await Promise.allSettled(supervised.map((one) => one.start()));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed !== undefined) {
    await closers.close();
    throw failed.reason;
  }
  const running = supervised.map((one, index) => asRunning(one, starts[index]));
  return { byName: new Map(running.map((one) => [one.name, one])), stop: () => closers.close() };
}

function asRunning(one: SupervisedProcess, start: PromiseSettledResult<ReadyFields> | undefined): RunningProcess {
  return {
    name: one.name,
    logFile: one.logFile,
    ready: start?.status === 'fulfilled' ? start.value : {},
    get pid() {
      return one.pid;
    },
    get restarts() {
      return one.restarts;
    },
    stop: () => one.stop(),
  };
}
