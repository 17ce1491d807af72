import { createLogger, type LoggerOptions, type LogLevel } from '../logging/create-logger.js';
import type { Log, LogFields } from '../logging/log.js';
import { type SignalHost, stopOnSignals } from './stop-on-signals.js';

export interface App<Config, Running> {
  /** Of the process, for its log. */
  readonly name: string;
  /** @throws DrydockError naming every problem at once */
  readonly readConfig: () => Config;
  readonly start: (config: Config, log: Log) => Promise<Running>;
  /** What an operator wants to know of a process that is ready. */
  readonly facts: (running: Running, config: Config) => LogFields;
}

/** The parts of `process` that are used. */
export interface AppHost extends SignalHost {
  readonly stdout: NonNullable<LoggerOptions['stream']>;
  exitCode?: number | string | null | undefined;
}

interface Stoppable {
  /** Sends those who use it elsewhere, while it still serves them. Of a process that is told to stop only. */
  drain?(): Promise<void>;
  close(): Promise<void>;
}

/**
 * For main files: reads the configuration, starts, says so, and stops on a signal. What fails is logged, and the
 * process ends with 1.
 */
export async function runApp<Config extends { readonly logLevel: LogLevel }, Running extends Stoppable>(
  app: App<Config, Running>,
  host: AppHost = process,
): Promise<void> {
  const logTo = { fields: { process: app.name }, stream: host.stdout };
  try {
    const config = app.readConfig();
    const log = createLogger({ ...logTo, level: config.logLevel });
    const running = await app.start(config, log);
    log.info(`${app.name} ready`, app.facts(running, config));
    stopOnSignals({ stop: () => stop(running), log, host });
  } catch (error) {
    createLogger(logTo).error(`${app.name} could not start`, { error });
    host.exitCode = 1;
  }
}

async function stop(running: Stoppable): Promise<void> {
  try {
    await running.drain?.();
  } finally {
    await running.close();
  }
}
