import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';

/** Ids of spans: random, but for the one span that is begun with ids of its own. */
export class ChosenIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private chosen: { readonly traceId: string; readonly spanId: string } | null = null;

  /** @param begin begins one span, at once */
  use<Span>(ids: { readonly traceId: string; readonly spanId: string }, begin: () => Span): Span {
    this.chosen = ids;
    try {
      return begin();
    } finally {
      this.chosen = null;
    }
  }

  generateTraceId(): string {
    return this.chosen?.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.chosen?.spanId ?? this.random.generateSpanId();
  }
}
