import type { Machine } from '../world/machine.js';
import { mayRun, type operationStatuses } from '../world/machine-status.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

/** The machine of the path; 404 when there is none. */
export function machineOf(call: Call, model: 'Machine' | 'Node' = 'Machine'): Machine {
  const machine = call.world.machines.get(call.params['systemId'] ?? '');
  if (machine === undefined) throw refuse.notFound(model);
  call.objectId = machine.systemId;
  return machine;
}

/** The machine of the path, for a change: not locked, and the caller is its owner or an administrator. */
export function machineToChange(call: Call, model: 'Machine' | 'Node' = 'Machine'): Machine {
  const machine = machineOf(call, model);
  if (!call.user.isSuperuser && machine.owner !== call.user.username) throw refuse.text(403, '');
  if (machine.locked) throw refuse.text(403, `Machine ${machine.systemId} is locked.`);
  // Central on purpose: whatever the handler changes, no cached document outlives it.
  machine.revision++;
  return machine;
}

/** 409 with this text unless the operation is allowed in the machine's status. */
export function requireStatus(machine: Machine, operation: keyof typeof operationStatuses, message: string): void {
  if (!mayRun(operation, machine.status)) throw refuse.state(message);
}
