import type { NodeInput, StepOutcome } from '@drydock/model';
import { findMachine } from '../find/find-machine.js';
import { isMaasError } from '../http/maas-error.js';
import type { MachineDocument } from '../resources/machine-document.js';
import { readMachineById } from './locate-machine.js';
import { operationOutcome } from './machine-operation.js';
import { refuseForeignMachine } from './ownership.js';
import { isReleasable, isReleaseVisible, isReleasing, releaseMachine } from './release-machine.js';
import { settleFirst } from './settle-first.js';
import { done, failed, type StepCall } from './step-call.js';

const forgetPowerEffect = 'forget_power';

/** Releases the machine, erases its disks quickly and removes it from MAAS. A node that MAAS does not know is done. */
export async function destroyNode(input: NodeInput, call: StepCall): Promise<StepOutcome> {
  const look = await lookForMachine(input, call);
  if ('outcome' in look) return look.outcome;
  const { machine } = look;
  if (machine === null) {
    const stopped = await settleFirst(call, () => true);
    return stopped ?? done(call, `node ${input.node.name} is not in MAAS`);
  }
  call.memory.systemId = machine.system_id;
  const stopped = await settleFirst(call, (effect) => {
    if (effect.kind === forgetPowerEffect) return machine.power_type === 'manual';
    return isReleaseVisible(effect, call, machine);
  });
  if (stopped !== null) return stopped;
  return await release(input, call, machine);
}

type Look = { readonly machine: MachineDocument | null } | { readonly outcome: StepOutcome };

async function lookForMachine(input: NodeInput, call: StepCall): Promise<Look> {
  if (call.memory.systemId !== undefined) return { machine: await readOrNull(call, call.memory.systemId) };
  const found = await findMachine(call.region, input.node, call.context.signal);
  if (found.kind === 'ambiguous') return { outcome: failed(call, 'ambiguous', found.reason) };
  if (found.kind === 'rack') {
    const reason = `${found.hostname} is a rack controller of MAAS and is not destroyed; remove it there by hand`;
    return { outcome: failed(call, 'unsupported', reason) };
  }
  return { machine: found.kind === 'machine' ? found.machine : null };
}

async function readOrNull(call: StepCall, systemId: string): Promise<MachineDocument | null> {
  try {
    return await readMachineById(call, systemId);
  } catch (error) {
    // Gone is what this step wants.
    if (isMaasError(error, 'not_found')) return null;
    throw error;
  }
}

async function release(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const isStarted = call.memory.started === 'release' || isReleasing(machine);
  if (isStarted) return await afterRelease(input, call, machine);
  if (!isReleasable(machine)) return await remove(input, call, machine);
  const started = await releaseMachine(call, machine, true);
  return 'outcome' in started ? started.outcome : await afterRelease(input, call, started.machine);
}

/** A machine whose erasure failed is kept (reference 04 W-10). */
async function afterRelease(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  call.memory.started = 'release';
  const outcome = operationOutcome(call, 'release', machine);
  return outcome ?? (await remove(input, call, machine));
}

async function remove(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const foreign = await refuseForeignMachine(call, machine);
  if (foreign !== null) return foreign;
  const path = `machines/${machine.system_id}/`;
  if (input.oob?.type === 'libvirt' && machine.power_type !== 'manual') {
    // MAAS keeps the virsh parameters of a deleted machine otherwise.
    const effect = { kind: forgetPowerEffect, systemId: machine.system_id };
    await call.writer.write({ method: 'PUT', path, fields: { power_type: 'manual' }, effect });
  }
  await call.writer.write({ method: 'DELETE', path, effect: { kind: 'delete', systemId: machine.system_id } });
  if ((await readOrNull(call, machine.system_id)) !== null) {
    return failed(
      call,
      'not_verified',
      `machine ${machine.system_id} is still in MAAS after its deletion; look whether it is locked`,
    );
  }
  return done(call, `machine ${machine.system_id} of node ${input.node.name} is deleted from MAAS`);
}
