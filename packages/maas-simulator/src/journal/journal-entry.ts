/** One request that could change something, accepted or not. */
export interface JournalEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly wallTimeMs: number;
  readonly wallTime: string;
  readonly virtualSeconds: number;
  readonly source: 'maas' | 'bmc';
  readonly method: string;
  readonly path: string;
  readonly op: string | null;
  /** Lists have more than one value; secrets are digests. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  /** The system id, `address:port` of a BMC, or the path. */
  readonly objectId: string;
  /** The fleet's name of the machine, when the request was about one. */
  readonly machine: string | null;
  readonly statusCode: number;
  /** The answer was not an error. A 500 of a power command is not accepted: MAAS undid it. */
  readonly accepted: boolean;
}

export interface JournalFilter {
  /** Only entries after this sequence. */
  readonly since?: number;
  readonly source?: 'maas' | 'bmc';
  readonly machine?: string;
  readonly objectId?: string;
  readonly method?: string;
  readonly op?: string;
  /** A part of the path. */
  readonly path?: string;
  readonly accepted?: boolean;
  readonly limit?: number;
}
