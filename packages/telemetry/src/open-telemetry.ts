import type { LogLike } from './metrics/log-like.js';
import { meterLog } from './metrics/meter-log.js';
import type { MetricProcess } from './metrics/metric-rows.js';
import { Metrics } from './metrics/metrics.js';
import { openTracing, type TracingConfig } from './tracing/open-tracing.js';
import type { Tracing } from './tracing/tracing.js';

export interface Telemetry<Log extends LogLike> {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** What the process must log to from here on: its events are counted. */
  readonly log: Log;
}

/** What an app opens first of all, and closes last, so that it also tells of the rest. */
export async function openTelemetry<Log extends LogLike>(
  process: MetricProcess,
  config: TracingConfig,
  plainLog: Log,
): Promise<Telemetry<Log>> {
  const metrics = new Metrics(process);
  const log = meterLog(plainLog, metrics);
  return { metrics, log, tracing: await openTracing(config, `drydock-${process}`, log) };
}
