/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  readonly kind: 'embedded' | 'system';
  /** Holds `bin/`, `lib/` and `share/` for the embedded kind, and `bin/` at least for the system kind. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** Binaries that ran when asked for their version. */
export interface WorkingBinaries extends PostgresBinaries {
  /** As printed by `postgres --version`, e.g. `18.4`. */
  readonly version: string;
}

/** A place that was looked at and gave nothing, with the reason in words. */
export interface RejectedBinaries {
  readonly kind: PostgresBinaries['kind'];
  readonly where: string;
  readonly reason: string;
}
