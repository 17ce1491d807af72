/** What a design reference may point at; given by the application's configuration. */
export interface ReferencePolicy {
  /** Directories below which files may be read; none: no file may. */
  readonly fileRoots: readonly string[];
  /**
   * `host` or `host:port`; nothing else may be asked. A host that is listed may have a private address.
   * Empty: every host with a public address.
   */
  readonly allowedHosts: readonly string[];
  /** Hosts with a loopback address, for development and tests. */
  readonly allowLoopback: boolean;
  /** Of the document, after any decompression. */
  readonly maxBytes: number;
  readonly connectTimeoutSeconds: number;
  /** For everything, redirects included. */
  readonly totalTimeoutSeconds: number;
}

export interface ResolvedReference {
  readonly bytes: Uint8Array;
  /** For findings and messages: the path or URL without user info, query and fragment. */
  readonly source: string;
}
