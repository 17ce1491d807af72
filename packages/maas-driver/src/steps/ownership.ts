import type { MachineDocument } from '../resources/machine-document.js';
import { failed, type FailedOutcome, type StepCall } from './step-call.js';

/**
 * A machine of another MAAS user is never named, commissioned, configured, deployed, released or deleted, nor
 * taken for one that we deployed (reference 04 R-26).
 */
export async function refuseForeignMachine(call: StepCall, machine: MachineDocument): Promise<FailedOutcome | null> {
  const owner = machine.owner ?? '';
  if (owner === '') return null;
  const ownName = await call.region.ownName.get(call.context.signal);
  if (owner === ownName) return null;
  const reason = `machine ${machine.system_id} (${machine.hostname}) belongs to the MAAS user ${owner}, we are ${ownName}; release it there first`;
  return failed(call, 'not_owned', reason);
}
