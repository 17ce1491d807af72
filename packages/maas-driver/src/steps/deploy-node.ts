import type { DeployNodeInput, Effect, StepOutcome } from '@drydock/model';
import { bootActionTag, staleBootActionTags } from '../diff/plan-boot-action-tags.js';
import { planOwnerData } from '../diff/plan-owner-data.js';
import { userData } from '../diff/user-data.js';
import { describeState, readMachine, type MachineDocument } from '../resources/machine-document.js';
import { machineStatus } from '../resources/machine-status.js';
import { collectInstallationLog, withLogs } from './collect-build-data.js';
import { locateMachine } from './locate-machine.js';
import { hasBegun, operationOutcome, startOperation } from './machine-operation.js';
import { settleFirst } from './settle-first.js';
import { done, failed, notesOf, type FailedOutcome, type StepCall } from './step-call.js';
import { applyTagChange, isTagVisible } from './tag-writes.js';

const operation = 'deploy';
const allocateEffect = 'allocate';
const ownerDataEffect = 'set_owner_data';

/** Takes the machine, labels it, installs it and waits for the end. */
export async function deployNode(input: DeployNodeInput, call: StepCall): Promise<StepOutcome> {
  const located = await locateMachine(call, input.node);
  if ('outcome' in located) return located.outcome;
  const { machine } = located;
  const stopped = await settleFirst(call, (effect) => isVisible(effect, { input, call, machine }));
  if (stopped !== null) return stopped;
  if (call.memory.started === operation || machine.status === machineStatus.deploying) {
    call.memory.started = operation;
    return await finish(input, call, machine);
  }
  if (machine.status === machineStatus.deployed) return done(call, `${machine.hostname} is already deployed`);
  if (machine.status !== machineStatus.ready && machine.status !== machineStatus.allocated) {
    const reason = `${machine.hostname} (machine ${machine.system_id}) cannot be deployed: ${describeState(machine)}; deploy_nodes begins again with apply_node_networking, which releases it`;
    return failed(call, 'conflict', reason);
  }
  return await begin(input, call, machine);
}

interface Sight {
  readonly input: DeployNodeInput;
  readonly call: StepCall;
  readonly machine: MachineDocument;
}

function isVisible(effect: Effect, sight: Sight): boolean {
  const { input, call, machine } = sight;
  if (effect.kind === allocateEffect) return machine.status !== machineStatus.ready;
  if (effect.kind === ownerDataEffect) return Object.keys(missingOwnerData(input, machine)).length === 0;
  if (!hasBegun(effect, operation, machine)) return isTagVisible(effect, machine);
  call.memory.started = operation;
  return true;
}

async function begin(input: DeployNodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const allocated = machine.status === machineStatus.ready ? await allocate(call, machine) : machine;
  const unlabelled = await setOwnerData(input, call, allocated);
  if (unlabelled !== null) return unlabelled;
  await setBootActionTag(input, call, allocated);
  const started = await startOperation(call, allocated, {
    operation,
    fields: {
      user_data: userData(input.packages) ?? undefined,
      distro_series: input.image ?? undefined,
      hwe_kernel: input.kernel ?? undefined,
    },
  });
  if ('outcome' in started) return started.outcome;
  call.notes.info(`deployment of machine ${machine.system_id} has begun`);
  return await finish(input, call, started.machine);
}

async function allocate(call: StepCall, machine: MachineDocument): Promise<MachineDocument> {
  const answer = await call.writer.write({
    method: 'POST',
    path: 'machines/',
    op: 'allocate',
    fields: { system_id: machine.system_id },
    effect: { kind: allocateEffect, systemId: machine.system_id },
  });
  return readMachine(answer);
}

/** MAAS 3.0 renamed owner data to workload annotations and shows both. */
function missingOwnerData(input: DeployNodeInput, machine: MachineDocument): Readonly<Record<string, string>> {
  return planOwnerData(input.ownerData, machine.workload_annotations ?? machine.owner_data ?? {});
}

/** One request for all entries, by the name that every version understands. */
async function setOwnerData(
  input: DeployNodeInput,
  call: StepCall,
  machine: MachineDocument,
): Promise<FailedOutcome | null> {
  const fields = missingOwnerData(input, machine);
  const names = Object.keys(fields);
  if (names.length === 0) return null;
  const answer = await call.writer.write({
    method: 'POST',
    path: `machines/${machine.system_id}/`,
    op: 'set_owner_data',
    fields,
    effect: { kind: ownerDataEffect, systemId: machine.system_id, names: names.join(' ').slice(0, 200) },
  });
  const left = Object.keys(missingOwnerData(input, readMachine(answer)));
  if (left.length > 0) {
    const reason = `machine ${machine.system_id} does not keep the owner data ${left.join(', ')}; look at its workload annotations in MAAS`;
    return failed(call, 'not_verified', reason);
  }
  call.notes.info(`owner data is set: ${names.join(', ')}`);
  return null;
}

async function setBootActionTag(input: DeployNodeInput, call: StepCall, machine: MachineDocument): Promise<void> {
  const onMachine = machine.tag_names ?? [];
  const { name } = input.node;
  for (const stale of staleBootActionTags(name, input.bootActionKey, onMachine)) {
    await applyTagChange(call, machine, { kind: 'delete_tag', name: stale });
  }
  if (input.bootActionKey === null) return;
  const tag = bootActionTag(name, input.bootActionKey);
  if (onMachine.includes(tag)) return;
  await applyTagChange(call, machine, { kind: 'create_tag', name: tag, kernelOptions: '' });
  await applyTagChange(call, machine, { kind: 'add_to_tag', name: tag });
  call.notes.info('the key of its boot actions is on the machine');
}

async function finish(input: DeployNodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const outcome = operationOutcome(call, operation, machine);
  const subject = { nodeName: input.node.name, machine };
  if (outcome?.kind === 'failed') return await withLogs(call, outcome, subject);
  if (outcome !== null) return outcome;
  const collected = await collectInstallationLog(call, subject);
  call.notes.info(`${machine.hostname} is deployed`);
  return { kind: 'done', ...collected, notes: notesOf(call) };
}
