import { countStatements } from './count-statements.js';
import type { DeployStand } from './deploy-stand.js';
import { processorSeconds } from './processor-seconds.js';

/** What has been used since the start; null: it cannot be counted here. */
export interface Counters {
  /** By process. */
  readonly processorSeconds: ReadonlyMap<string, number> | null;
  /** Requests of the MAAS API, reads included. */
  readonly maasCalls: number | null;
  readonly statements: number | null;
}

export async function readCounters({ system, simulator }: DeployStand): Promise<Counters> {
  return {
    processorSeconds: await processorSeconds(system.drydock.processes),
    maasCalls: (await simulator.control.requestCounts()).maas.total,
    statements: await countStatements(system.database),
  };
}

/** What was used in between. */
export function countersBetween(before: Counters, after: Counters): Counters {
  return {
    processorSeconds: secondsBetween(before.processorSeconds, after.processorSeconds),
    maasCalls: difference(before.maasCalls, after.maasCalls),
    statements: difference(before.statements, after.statements),
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}

function secondsBetween(
  before: Counters['processorSeconds'],
  after: Counters['processorSeconds'],
): Counters['processorSeconds'] {
  if (before === null || after === null) return null;
  return new Map([...after].map(([name, seconds]) => [name, seconds - (before.get(name) ?? 0)]));
}
