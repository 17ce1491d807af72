import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { LogLike } from '../../metrics/log-like.js';

type Report = Parameters<SpanExporter['export']>[1];

const succeeded = 0;

/** Tells the log once when the collector stops answering, and once when it does again. Spans sent meanwhile are lost. */
export class TellingExporter implements SpanExporter {
  private isAway = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly log: LogLike,
  ) {}

  export(spans: ReadableSpan[], report: Report): void {
    this.exporter.export(spans, (result) => {
      this.tell((result.code as number) === succeeded, spans.length, result.error);
      report(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private tell(isThere: boolean, spans: number, error: Error | undefined): void {
    if (isThere === !this.isAway) return;
    this.isAway = !isThere;
    if (isThere) this.log.info('spans are collected again');
    else this.log.warn('spans not collected', { spans, reason: error?.message });
  }
}
