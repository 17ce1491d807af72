import type { LogFields, LogLike } from './log-like.js';
import { meteredEvents } from './metered-events.js';
import type { Metrics } from './metrics.js';

type Meter = (fields: LogFields, metrics: Metrics) => void;

const meters: ReadonlyMap<string, Meter> = new Map(Object.entries(meteredEvents));

/** The same log, whose events are counted whatever its level lets through. */
export function meterLog<Log extends LogLike>(log: Log, metrics: Metrics, inherited: LogFields = {}): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields?: LogFields): void => {
      meters.get(message)?.({ ...inherited, ...fields }, metrics);
      log[level](message, fields);
    };
  const metered: LogLike = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => meterLog(log.child(fields), metrics, { ...inherited, ...fields }),
  };
  return metered as Log;
}
