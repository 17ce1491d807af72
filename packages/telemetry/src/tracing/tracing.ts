/** A value of a span. Never a secret: traces leave the house. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface SpanPlace {
  /** The task to whose trace the span belongs. */
  readonly task: { readonly id: string; readonly traceParent: string | null };
  readonly name: string;
  readonly attributes: SpanAttributes;
}

/** A span whose times are known. Milliseconds since 1970. */
export interface RecordedSpan extends SpanPlace {
  readonly startMs: number;
  readonly endMs: number;
  readonly isFailed?: boolean;
  /** The task's own span; every other one is its child. */
  readonly isTask?: boolean;
}

export interface SpanEnd {
  readonly attributes?: SpanAttributes;
  readonly isFailed?: boolean;
}

/** A span that has begun. */
export interface OpenSpan {
  /** HTTP requests that the work sends are children of the span. */
  run<Result>(work: () => Result): Result;
  /** Counts once. */
  end(end: SpanEnd): void;
}

/** What tells a collector of spans. Nothing here throws or waits. */
export interface Tracing {
  record(span: RecordedSpan): void;
  /** Begins a span now, below the span of its task. */
  begin(span: SpanPlace): OpenSpan;
  /** Sends what has not been sent, for a few seconds at most. */
  close(): Promise<void>;
}

/** Of a task without a trace. */
export const noSpan: OpenSpan = { run: (work) => work(), end: () => undefined };

/** When no endpoint is configured. */
export const noTracing: Tracing = {
  record: () => undefined,
  begin: () => noSpan,
  close: () => Promise.resolve(),
};
