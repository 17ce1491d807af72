/** One process to keep running. */
export interface ProcessSpec {
  /** Unique; names the log file and prefixes every line. */
  readonly name: string;
  /** Absolute path of the main file; a `.ts` file runs from source. */
  readonly entry: string;
  readonly args?: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly readiness: Readiness;
  /** Default 30. */
  readonly readyTimeoutSeconds?: number;
  /** Started again after a crash. Default true. */
  readonly restart?: boolean;
  /** Between SIGTERM and SIGKILL. Default 15. */
  readonly stopTimeoutSeconds?: number;
}

export type Readiness =
  /** A GET of this URL answers 2xx, e.g. `/readyz`. */
  | { readonly kind: 'http'; readonly url: string }
  /** A JSON line on standard output whose `message` is this. */
  | { readonly kind: 'line'; readonly message: string };

/** The fields of the line that told of readiness; empty for `http`. */
export type ReadyFields = Readonly<Record<string, unknown>>;
