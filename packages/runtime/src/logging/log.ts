/** Facts of one event; a value that is a `Secret` prints as `[redacted]`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What every part of Drydock logs to: a constant lower-case message, facts in fields. winston satisfies it. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log that adds these fields to every event. */
  child(fields: LogFields): Log;
}

/** A log that drops everything, for callers that were given none. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
