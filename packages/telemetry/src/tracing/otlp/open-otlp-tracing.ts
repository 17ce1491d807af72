import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { taskSpan } from '@drydock/model';
import type { LogLike } from '../../metrics/log-like.js';
import {
  noSpan,
  type OpenSpan,
  type RecordedSpan,
  type SpanAttributes,
  type SpanEnd,
  type SpanPlace,
  type Tracing,
} from '../tracing.js';
import { ChosenIds } from './chosen-ids.js';
import { TellingExporter } from './telling-exporter.js';
import { traceHttpRequests } from './trace-http-requests.js';

export interface OtlpOptions {
  readonly url: string;
  /** Name of the process in traces. */
  readonly service: string;
  readonly log: LogLike;
}

/** A collector that does not answer must not keep a process that stops. */
const exportLimitMilliseconds = 3000;

/**
 * Spans to a collector by OTLP over HTTP, as JSON. Nothing global is registered, so that several apps can live in one
 * process; headers and batches follow the `OTEL_…` variables, which the SDK reads itself.
 */
export function openOtlpTracing({ url, service, log }: OtlpOptions): Tracing {
  const ids = new ChosenIds();
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportLimitMilliseconds });
  const provider = new BasicTracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({ 'service.name': service }),
    // Whoever began a trace decides; a task that begins one is kept. A collector can thin out whole traces, we cannot.
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [
      new BatchSpanProcessor(new TellingExporter(exporter, log), { exportTimeoutMillis: exportLimitMilliseconds }),
    ],
  });
  return new OtlpTracing(provider, ids);
}

class OtlpTracing implements Tracing {
  private readonly tracer: Tracer;
  /** The span of the call in whose course we are. */
  private readonly current = new AsyncLocalStorage<Span | null>();
  private readonly stopHttp: () => void;

  constructor(
    private readonly provider: BasicTracerProvider,
    private readonly ids: ChosenIds,
  ) {
    this.tracer = provider.getTracer('drydock');
    this.stopHttp = traceHttpRequests((name, kind, attributes) => {
      const above = this.current.getStore();
      if (!above) return null;
      return this.outside(() => this.tracer.startSpan(name, { kind, attributes }, trace.setSpan(ROOT_CONTEXT, above)));
    });
  }

  record(recorded: RecordedSpan): void {
    const { startMs, endMs, isFailed } = recorded;
    const span = recorded.isTask ? this.beginTask(recorded) : this.beginBelow(recorded, startMs);
    if (!span) return;
    this.finish(span, { ...(isFailed !== undefined && { isFailed }) }, endMs);
  }

  begin(place: SpanPlace): OpenSpan {
    const span = this.beginBelow(place, undefined);
    if (!span) return noSpan;
    return {
      run: (work) => this.current.run(span, work),
      end: (end) => this.finish(span, end, undefined),
    };
  }

  async close(): Promise<void> {
    this.stopHttp();
    // What could not be sent any more was told to the log by the exporter.
    await this.provider.shutdown().catch(() => undefined);
  }

  /** Null for a task without a trace. */
  private beginBelow({ task, name, attributes }: SpanPlace, startMs: number | undefined): Span | null {
    const above = taskSpan(task);
    if (!above) return null;
    const options = { attributes: present(attributes), ...(startMs !== undefined && { startTime: new Date(startMs) }) };
    return this.tracer.startSpan(name, options, contextOf(above));
  }

  private beginTask({ task, name, attributes, startMs }: RecordedSpan): Span | null {
    const own = taskSpan(task);
    if (!own) return null;
    const { parentSpanId } = own;
    const above = parentSpanId === null ? ROOT_CONTEXT : contextOf({ ...own, spanId: parentSpanId });
    const options = { attributes: present(attributes), startTime: new Date(startMs) };
    return this.ids.use(own, () => this.tracer.startSpan(name, options, above));
  }

  private finish(span: Span, { attributes = {}, isFailed }: SpanEnd, endMs: number | undefined): void {
    span.setAttributes(present(attributes));
    if (isFailed === true) span.setStatus({ code: SpanStatusCode.ERROR });
    // A date, because the SDK takes small numbers for times since the start of the process.
    this.outside(() => span.end(endMs === undefined ? undefined : new Date(endMs)));
  }

  /** A timer of the exporter that began inside a call would make its requests look like the call's. */
  private outside<Result>(work: () => Result): Result {
    return this.current.run(null, work);
  }
}

function contextOf(above: { readonly traceId: string; readonly spanId: string; readonly isSampled: boolean }): Context {
  const { traceId, spanId, isSampled } = above;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function present(attributes: SpanAttributes): Record<string, string | number | boolean> {
  const known = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as Record<string, string | number | boolean>;
}
