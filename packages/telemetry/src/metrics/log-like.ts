export type LogFields = Readonly<Record<string, unknown>>;

/** The log of a process, as far as it is metered. */
export interface LogLike {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): LogLike;
}
