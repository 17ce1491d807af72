import type { Verb } from '@drydock/model';
import type { ScriptRow } from './script.js';

export interface CallPlace {
  readonly verb: Verb;
  readonly node: string | null;
  readonly attempt: number;
  readonly call: number;
}

const happensOnce: ReadonlySet<string> = new Set(['waiting', 'observe']);

/** The first row that matches; null: done at once. */
export function findRow(rows: readonly ScriptRow[], place: CallPlace): ScriptRow | null {
  return rows.find((row) => matches(row, place)) ?? null;
}

function matches(row: ScriptRow, place: CallPlace): boolean {
  const call = row.call ?? (happensOnce.has(row.outcome) ? 0 : '*');
  return (
    (row.verb === '*' || row.verb === place.verb) &&
    (row.node === undefined || row.node === '*' || row.node === place.node) &&
    (row.attempt === undefined || row.attempt === '*' || row.attempt === place.attempt) &&
    (call === '*' || call === place.call)
  );
}
