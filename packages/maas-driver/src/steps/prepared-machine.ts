import type { StepOutcome } from '@drydock/model';
import { describeState, type MachineDocument } from '../resources/machine-document.js';
import { machineStatus } from '../resources/machine-status.js';
import { operationOutcome } from './machine-operation.js';
import { isReleasing, releaseMachine } from './release-machine.js';
import { done, failed, type StepCall } from './step-call.js';

export interface Preparation {
  /** Whether the machine differs from the design. */
  readonly isDifferent: boolean;
  /** What is configured, for messages: `networking`. */
  readonly subject: string;
}

type Ready = { readonly machine: MachineDocument } | { readonly outcome: StepOutcome };

/**
 * Brings a machine to the state in which its network and storage can be written: Ready.
 * A failed deployment and a half-done one of ours are released, without erasing, first (reference 04 W-20, W-21).
 */
export async function prepareMachine(
  call: StepCall,
  machine: MachineDocument,
  preparation: Preparation,
): Promise<Ready> {
  if (machine.status === machineStatus.ready) return { machine };
  if (call.memory.started === 'release' || isReleasing(machine)) return afterRelease(call, machine);
  if (machine.status === machineStatus.deployed)
    return { outcome: done(call, `${machine.hostname} is already deployed`) };
  if (machine.status === machineStatus.failedDeployment) return await release(call, machine);
  const isTaken = machine.status === machineStatus.allocated || machine.status === machineStatus.deploying;
  if (!isTaken) return { outcome: unfit(call, machine, preparation) };
  if (!preparation.isDifferent)
    return { outcome: done(call, `${preparation.subject} of ${machine.hostname} is already configured`) };
  return machine.status === machineStatus.allocated
    ? await release(call, machine)
    : { outcome: unfit(call, machine, preparation) };
}

async function release(call: StepCall, machine: MachineDocument): Promise<Ready> {
  call.notes.info(`${machine.hostname} is ${machine.status_name}: it is released first`);
  const started = await releaseMachine(call, machine, false);
  return 'outcome' in started ? started : afterRelease(call, started.machine);
}

function afterRelease(call: StepCall, machine: MachineDocument): Ready {
  const outcome = operationOutcome(call, 'release', machine);
  if (outcome !== null) return { outcome };
  if (machine.status === machineStatus.ready) return { machine };
  const reason = `machine ${machine.system_id} is ${machine.status_name} after its release; run prepare_nodes, which commissions it`;
  return { outcome: failed(call, 'conflict', reason) };
}

function unfit(call: StepCall, machine: MachineDocument, preparation: Preparation): StepOutcome {
  const advice =
    machine.status === machineStatus.broken || machine.status === machineStatus.new
      ? 'run prepare_nodes, which commissions it'
      : 'bring it to Ready in MAAS';
  const reason = `${preparation.subject} of ${machine.hostname} (machine ${machine.system_id}) cannot be configured: ${describeState(machine)}; ${advice}`;
  return failed(call, 'conflict', reason);
}
