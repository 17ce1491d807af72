import type { Machine } from '../world/machine.js';
import { commissioningScripts, type ResultType, type ScriptResult, type ScriptSet } from '../world/script-set.js';
import type { World } from '../world/world.js';

/** Scripts whose output is made from the hardware when it is asked for. */
const generatedOutputs = new Set(['maas-lshw', 'maas-capture-lldpd']);

/** Begins a set of scripts; it replaces the machine's earlier set of this type as the current one. */
export function startScripts(world: World, machine: Machine, type: ResultType, names: readonly string[]): ScriptSet {
  const startedMs = Date.now();
  const results: ScriptResult[] = names.map((name) => ({
    id: world.nextId('scriptResult'),
    name,
    status: 1,
    exitStatus: null,
    stdout: '',
    stderr: '',
    startedMs,
    endedMs: null,
  }));
  const set: ScriptSet = { id: world.nextId('scriptSet'), type, results };
  // Only the current set of a type is ever shown; older ones would only cost memory.
  machine.scriptSets = [...machine.scriptSets.filter((other) => other.type !== type), set];
  return set;
}

export function startCommissioningScripts(world: World, machine: Machine): ScriptSet {
  return startScripts(world, machine, 'commissioning', commissioningScripts);
}

/** Ends the running scripts of a type; with `failing` that script failed, and why. */
export function endScripts(machine: Machine, type: ResultType, failing?: { name: string; reason: string }): void {
  const set = machine.scriptSets.findLast((candidate) => candidate.type === type);
  for (const result of set?.results ?? []) {
    if (result.status !== 1) continue;
    const hasFailed = failing?.name === result.name;
    result.status = hasFailed ? 3 : 2;
    result.exitStatus = hasFailed ? 1 : 0;
    result.endedMs = Date.now();
    result.stderr = hasFailed ? `${failing.reason}\n` : '';
    if (result.stdout === '') result.stdout = generatedOutputs.has(result.name) ? null : `${result.name}: done\n`;
  }
}

/** Ends the running scripts of a type because somebody gave up. */
export function abortScripts(machine: Machine): void {
  for (const result of machine.scriptSets.flatMap((set) => set.results)) {
    if (result.status !== 1 && result.status !== 0) continue;
    result.status = 5;
    result.endedMs = Date.now();
  }
}
