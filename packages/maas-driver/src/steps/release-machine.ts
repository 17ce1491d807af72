import type { Effect } from '@drydock/model';
import type { FormFields } from '../http/form-body.js';
import type { MachineDocument } from '../resources/machine-document.js';
import { machineStatus as s } from '../resources/machine-status.js';
import { hasBegun, startOperation } from './machine-operation.js';
import { refuseForeignMachine } from './ownership.js';
import type { StepCall } from './step-call.js';

const operation = 'release';

/** Statuses that MAAS releases from (reference 04 §15.2). */
const releasable = new Set<number>([
  s.allocated,
  s.reserved,
  s.deploying,
  s.deployed,
  s.failedDeployment,
  s.failedDiskErasing,
  s.releasingFailed,
]);
const underWay = new Set<number>([s.releasing, s.diskErasing]);

export function isReleasable(machine: MachineDocument): boolean {
  return releasable.has(machine.status);
}

export function isReleasing(machine: MachineDocument): boolean {
  return underWay.has(machine.status);
}

/** Starts a release; the caller waits for its end. */
export async function releaseMachine(call: StepCall, machine: MachineDocument, erase: boolean) {
  const foreign = await refuseForeignMachine(call, machine);
  if (foreign !== null) return { outcome: foreign };
  const fields: FormFields = erase ? { erase: true, secure_erase: false, quick_erase: true } : { erase: false };
  const started = await startOperation(call, machine, { operation, fields });
  if ('machine' in started)
    call.notes.info(`machine ${machine.system_id} is being released${erase ? ' and its disks erased' : ''}`);
  return started;
}

/** Whether the announced release shows; remembers that it was started. */
export function isReleaseVisible(effect: Effect, call: StepCall, machine: MachineDocument): boolean {
  if (!hasBegun(effect, operation, machine)) return false;
  call.memory.started = operation;
  return true;
}
