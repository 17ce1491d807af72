export type FindingLevel = 'error' | 'warning' | 'info';

/** Where in the sources a finding points. Lines and columns count from 1. */
export interface SourcePlace {
  /** File path or URL, without user info. */
  readonly source: string;
  readonly line: number;
  /** In characters (UTF-16 code units), as editors and SARIF count them. */
  readonly column: number;
}

export interface DocumentReference {
  /** `drydock/<Kind>/v1`. */
  readonly schema: string;
  readonly name: string;
}

/**
 * One thing that parsing, compilation or a rule has to say about a design. On the wire of API v1.0 it is a
 * `ValidationMessage`: `code` is its `name`, an error or not its `error` (reference 02 §2.6).
 */
export interface Finding {
  /** Unique rule id, for instance `storage.partitioning`; `docs/rules/<id>.md` explains it. */
  readonly rule: string;
  /** The original's code, for instance `DD2002`; several rules share some. */
  readonly code: string;
  readonly level: FindingLevel;
  /** What is wrong, with the document and the field. Never holds a credential. */
  readonly message: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly diagnostic: string;
  /** The documents that it is about, the one that it points at first; empty when it is about none or the whole site. */
  readonly documents: readonly DocumentReference[];
  /** Null: there is no line to point at, for instance when something is missing from the whole design. */
  readonly place: SourcePlace | null;
  /** Other places that it speaks of, for instance the first of two equal keys. */
  readonly related?: readonly SourcePlace[];
}
