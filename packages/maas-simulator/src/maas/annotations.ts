import type { Machine } from '../world/machine.js';
import { mayRun } from '../world/machine-status.js';
import type { Call } from './call.js';
import { machineToChange } from './machine-lookup.js';
import { refuse } from './refusal.js';

/** Annotations of the owner: merged, an empty value deletes (05 §6.3). */
export function setAnnotations(call: Call): Machine {
  if (call.op === 'set_workload_annotations' && call.world.version === '2.9') {
    throw refuse.text(400, `Unrecognised signature: method=POST op=${call.op}`);
  }
  const machine = machineToChange(call);
  if (!mayRun('annotate', machine.status) || machine.owner !== call.user.username) {
    throw refuse.state("Cannot set workload annotation: it hasn't been acquired.");
  }
  const entries = call.form.names().filter((name) => name !== 'op');
  const bad = entries.find((name) => !/^[\w.-]+$/.test(name));
  if (bad !== undefined) throw refuse.text(500, `Invalid character in key name: ${bad}`);
  const merged = {
    ...machine.ownerData,
    ...Object.fromEntries(entries.map((name) => [name, call.form.get(name) ?? ''])),
  };
  machine.ownerData = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  return machine;
}
