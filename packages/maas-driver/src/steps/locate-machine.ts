import type { NodeIdentity, StepOutcome } from '@drydock/model';
import { findMachine } from '../find/find-machine.js';
import { isMaasError } from '../http/maas-error.js';
import { isKnownStatus } from '../resources/machine-status.js';
import { readMachine, type MachineDocument } from '../resources/machine-document.js';
import { refuseForeignMachine } from './ownership.js';
import { done, failed, type StepCall } from './step-call.js';

export type Located = { readonly machine: MachineDocument } | { readonly outcome: StepOutcome };

/**
 * The machine of a node, for steps that need one. A rack controller is done (it is no machine to configure);
 * nothing, more than one, or one of another MAAS user is a failure.
 */
export async function locateMachine(call: StepCall, node: NodeIdentity): Promise<Located> {
  if (call.memory.systemId !== undefined) return await reread(call, node, call.memory.systemId);
  const found = await findMachine(call.region, node, call.context.signal);
  if (found.kind === 'machine') return await checked(call, found.machine);
  if (found.kind === 'ambiguous') return { outcome: failed(call, 'ambiguous', found.reason) };
  if (found.kind === 'rack')
    return { outcome: done(call, `${found.hostname} is a rack controller of MAAS: nothing to do`) };
  const reason = `node ${node.name} is not known to MAAS; run prepare_nodes so that it enlists`;
  return { outcome: failed(call, 'not_found', reason) };
}

async function reread(call: StepCall, node: NodeIdentity, systemId: string): Promise<Located> {
  try {
    return await checked(call, await readMachineById(call, systemId));
  } catch (error) {
    if (!isMaasError(error, 'not_found')) throw error;
    const reason = `machine ${systemId} of node ${node.name} vanished from MAAS meanwhile; run prepare_nodes again`;
    await call.writer.settleAs('not_done');
    return { outcome: failed(call, 'not_found', reason) };
  }
}

async function checked(call: StepCall, machine: MachineDocument): Promise<Located> {
  call.memory.systemId = machine.system_id;
  const foreign = await refuseForeignMachine(call, machine);
  if (foreign !== null) return { outcome: foreign };
  if (isKnownStatus(machine.status)) return { machine };
  const reason = `machine ${machine.system_id} has the status ${machine.status_name} (${machine.status}), which we do not know; upgrade Drydock or move the machine to Ready in MAAS`;
  return { outcome: failed(call, 'unsupported', reason) };
}

export async function readMachineById(call: StepCall, systemId: string): Promise<MachineDocument> {
  return readMachine(await call.region.client.read({ path: `machines/${systemId}/` }, call.context.signal));
}
