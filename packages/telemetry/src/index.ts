export { type LogFields, type LogLike } from './metrics/log-like.js';
export { meterLog } from './metrics/meter-log.js';
export { meteredEvents } from './metrics/metered-events.js';
export { type MetricProcess, type MetricRow, metricRows } from './metrics/metric-rows.js';
export { type Exposition, Metrics, type Reading, type Sample, sample } from './metrics/metrics.js';
export { type PoolCounts, poolReading } from './metrics/pool-reading.js';
export { openTelemetry, type Telemetry } from './open-telemetry.js';
export { openTracing, type TracingConfig } from './tracing/open-tracing.js';
export {
  endOfCall,
  type EndedTaskFacts,
  spanOfAcceptance,
  spanOfAdmission,
  spanOfCall,
  spanOfCompilation,
  spanOfTask,
  type TracedStep,
  type TracedTask,
} from './tracing/spans.js';
export {
  noTracing,
  type OpenSpan,
  type RecordedSpan,
  type SpanAttributes,
  type SpanEnd,
  type SpanPlace,
  type Tracing,
} from './tracing/tracing.js';
