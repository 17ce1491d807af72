export type FindingLevel = 'error' | 'warning' | 'info';

/** Where in the sources a finding points. Lines and columns count from 1. */
export interface SourcePlace {
  /** File path or URL, without user info. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

export interface DocumentReference {
  /** `drydock/<Kind>/v1`. */
  readonly schema: string;
  readonly name: string;
}

/** One thing that compilation or a rule has to say about a design. */
export interface Finding {
  /** Unique rule id, for instance `storage.partitioning`. */
  readonly rule: string;
  /** The original's code, for instance `DD2002`; several rules share some. */
  readonly code: string;
  readonly level: FindingLevel;
  readonly message: string;
  /** What to do about it. */
  readonly diagnostic: string;
  readonly documents: readonly DocumentReference[];
  readonly place: SourcePlace | null;
}
