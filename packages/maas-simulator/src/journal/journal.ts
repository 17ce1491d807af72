import type { JournalEntry, JournalFilter } from './journal-entry.js';

export interface SourceCounts {
  readonly total: number;
  readonly byMethod: Readonly<Record<string, number>>;
}

export type RequestCounts = Readonly<Record<JournalEntry['source'], SourceCounts>>;

/** Every request that could change something, for the life of the process. */
export class Journal {
  #entries: JournalEntry[] = [];
  #sequence = 0;
  readonly #counts = { maas: new Map<string, number>(), bmc: new Map<string, number>() };

  add(entry: Omit<JournalEntry, 'sequence' | 'wallTimeMs' | 'wallTime' | 'accepted'>): void {
    const wallTimeMs = Date.now();
    this.#entries.push({
      sequence: ++this.#sequence,
      wallTimeMs,
      wallTime: new Date(wallTimeMs).toISOString(),
      accepted: entry.statusCode < 400,
      ...entry,
    });
  }

  /** Every request, reads included. */
  count(source: JournalEntry['source'], method: string): void {
    this.#counts[source].set(method, (this.#counts[source].get(method) ?? 0) + 1);
  }

  /** Requests since the process began, by source and method. */
  counts(): RequestCounts {
    return { maas: countsOf(this.#counts.maas), bmc: countsOf(this.#counts.bmc) };
  }

  /** Entries in their order; sequences go on growing after a clear. */
  select(filter: JournalFilter): JournalEntry[] {
    const found = this.#entries.filter((entry) => passes(entry, filter));
    return filter.limit === undefined ? found : found.slice(0, filter.limit);
  }

  clear(): void {
    this.#entries = [];
  }
}

function passes(entry: JournalEntry, filter: JournalFilter): boolean {
  return (
    (filter.since === undefined || entry.sequence > filter.since) &&
    (filter.source === undefined || entry.source === filter.source) &&
    (filter.machine === undefined || entry.machine === filter.machine) &&
    (filter.objectId === undefined || entry.objectId === filter.objectId) &&
    (filter.method === undefined || entry.method === filter.method) &&
    (filter.op === undefined || entry.op === filter.op) &&
    (filter.path === undefined || entry.path.includes(filter.path)) &&
    (filter.accepted === undefined || entry.accepted === filter.accepted)
  );
}

function countsOf(byMethod: ReadonlyMap<string, number>): SourceCounts {
  return {
    total: [...byMethod.values()].reduce((sum, count) => sum + count, 0),
    byMethod: Object.fromEntries(byMethod),
  };
}
