import type { Writable } from 'node:stream';
import { createLogger as createWinston, format, type Logger, transports } from 'winston';
import { printable } from './printable.js';
import type { Log, LogFields } from './log.js';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly level?: LogLevel;
  /** Facts of every event, e.g. `{ service: 'api' }`. */
  readonly fields?: LogFields;
  /** Default: standard output. */
  readonly stream?: Writable;
}

/** What winston's transports write. */
const lineOfEvent = Symbol.for('message');

/** One line of JSON with the time, as winston's own two formats make it in twice the processor time. */
const jsonLine = format((event) => {
  event[lineOfEvent] = JSON.stringify({ ...event, timestamp: new Date().toISOString() });
  return event;
});

/** Makes the log of a process: winston, one JSON object per line, secrets redacted. */
export function createLogger(options: LoggerOptions = {}): Log {
  const winston = createWinston({
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    level: options.level ?? 'info',
    format: jsonLine(),
    transports: [new transports.Stream({ stream: options.stream ?? process.stdout })],
  });
  return logOver(winston, options.fields ?? {});
}

/**
 * winston's own child loggers and metadata join a field named `message` to the message and let fields replace the
 * level; here neither can happen, and errors and secrets are made printable.
 */
function logOver(winston: Logger, inherited: LogFields): Log {
  // Once, not for every event.
  const printed = printable(inherited) as LogFields;
  const write =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (!winston.isLevelEnabled(level)) return;
      const own = fields === undefined ? undefined : (printable(fields) as LogFields);
      winston.log({ ...printed, ...own, level, message });
    };
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: (fields) => logOver(winston, { ...inherited, ...fields }),
  };
}
