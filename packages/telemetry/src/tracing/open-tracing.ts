import type { LogLike } from '../metrics/log-like.js';
import { noTracing, type Tracing } from './tracing.js';

/** As `tracingSettings` of the runtime read it. */
export interface TracingConfig {
  /** Base URL of a collector; spans go to `<it>/v1/traces`. */
  readonly otlpEndpoint?: string | undefined;
  /** The whole URL for spans; wins. */
  readonly otlpTracesEndpoint?: string | undefined;
  /** Name of the process in traces, instead of `drydock-<app>`. */
  readonly otelServiceName?: string | undefined;
}

/** Without an endpoint nothing of OpenTelemetry is loaded. */
export async function openTracing(config: TracingConfig, name: string, log: LogLike): Promise<Tracing> {
  const url = tracesUrl(config);
  if (url === null) return noTracing;
  const { openOtlpTracing } = await import('./otlp/open-otlp-tracing.js');
  return openOtlpTracing({ url, service: config.otelServiceName ?? name, log });
}

function tracesUrl({ otlpEndpoint, otlpTracesEndpoint }: TracingConfig): string | null {
  if (otlpTracesEndpoint) return otlpTracesEndpoint;
  return otlpEndpoint ? `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces` : null;
}
