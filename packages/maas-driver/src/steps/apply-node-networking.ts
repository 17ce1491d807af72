import type { NetworkingInput, StepOutcome } from '@drydock/model';
import { describeNetworkChange, missingNics } from '../diff/network-facts.js';
import type { FoundInterface, FoundNetwork, NetworkChange, WantedPort } from '../diff/network-model.js';
import { planNetwork } from '../diff/plan-network.js';
import { wantNetwork, type Wish } from '../diff/want-network.js';
import { isSameEffect } from '../http/machine-write.js';
import { isMaasError } from '../http/maas-error.js';
import { readMachine, type MachineDocument } from '../resources/machine-document.js';
import { readInterface, readNetwork } from '../resources/network-document.js';
import { locateMachine, readMachineById } from './locate-machine.js';
import { networkEffect, networkWrite } from './network-writes.js';
import { prepareMachine } from './prepared-machine.js';
import { isReleaseVisible } from './release-machine.js';
import { settleFirst } from './settle-first.js';
import { done, failed, type StepCall } from './step-call.js';

/** Makes the machine's bonds, VLANs, addresses and MTUs those of the design. */
export async function applyNodeNetworking(input: NetworkingInput, call: StepCall): Promise<StepOutcome> {
  const located = await locateMachine(call, input.node);
  if ('outcome' in located) return located.outcome;
  const { machine } = located;
  const wish = await wishOf(input, call);
  const changes = 'problems' in wish ? [] : planNetwork(readNetwork(machine), wish.ports);
  const stopped = await settleFirst(
    call,
    (effect) =>
      isReleaseVisible(effect, call, machine) ||
      (effect.kind !== 'release' &&
        !changes.some((change) => isSameEffect(networkEffect(machine.system_id, change), effect))),
  );
  if (stopped !== null) return stopped;
  if ('problems' in wish) return failed(call, 'invalid_design', wish.problems.join('; '));
  const preparation = { isDifferent: changes.length > 0, subject: 'networking' };
  const ready = await prepareMachine(call, machine, preparation);
  if ('outcome' in ready) return ready.outcome;
  return await apply(call, ready.machine, wish.ports);
}

/** What is missing in a shared read may be there by now. */
async function wishOf(input: NetworkingInput, call: StepCall): Promise<Wish> {
  const { topology } = call.region;
  const wish = wantNetwork(input.interfaces, await topology.get(call.context.signal));
  if (!('problems' in wish)) return wish;
  topology.forget();
  return wantNetwork(input.interfaces, await topology.get(call.context.signal));
}

async function apply(call: StepCall, machine: MachineDocument, ports: readonly WantedPort[]): Promise<StepOutcome> {
  const found = readNetwork(machine);
  const missing = missingNics(found, ports);
  if (missing.length > 0) {
    const has = found.interfaces.filter((nic) => nic.type === 'physical').map((nic) => nic.name);
    const reason = `machine ${machine.system_id} has no NIC ${missing.join(', ')}, it has ${has.join(', ')}; correct the device aliases of the hardware profile`;
    return failed(call, 'invalid_design', reason);
  }
  const changes = planNetwork(found, ports);
  if (changes.length === 0) return done(call, `networking of ${machine.hostname} is already configured`);
  await applyAll(call, { machine, ports, found, changes });
  const after = await readMachineById(call, machine.system_id);
  const network = readNetwork(after);
  const left = planNetwork(network, ports);
  if (left.length === 0) return done(call, `networking of ${machine.hostname} is configured`);
  const differences = left.map((change) => describeNetworkChange(change, network));
  const reason = `networking of machine ${machine.system_id} is not as written: ${differences.join(' | ')}; look at its interfaces in MAAS`;
  return failed(call, 'not_verified', reason);
}

interface Work {
  readonly machine: MachineDocument;
  readonly ports: readonly WantedPort[];
  readonly found: FoundNetwork;
  readonly changes: readonly NetworkChange[];
}

async function applyAll(call: StepCall, work: Work): Promise<void> {
  const [first] = work.changes;
  if (first?.kind === 'restore_networking') {
    call.notes.info(`networking is restored to what commissioning found: ${first.reason}`);
    const answer = await call.writer.write(networkWrite(work.machine.system_id, first, work.found));
    const found = readNetwork(readMachine(answer));
    return await applyInOrder(call, { ...work, found, changes: planNetwork(found, work.ports) });
  }
  await applyInOrder(call, work);
}

async function applyInOrder(call: StepCall, work: Work): Promise<void> {
  let interfaces: readonly FoundInterface[] = work.found.interfaces;
  try {
    for (const change of work.changes) {
      const answer = await call.writer.write(
        networkWrite(work.machine.system_id, change, { ...work.found, interfaces }),
      );
      const nic = readInterface(answer);
      interfaces = [...interfaces.filter((other) => other.id !== nic.id), nic];
      call.notes.info(describeDone(change));
    }
  } catch (error) {
    // The ids that we shared may be of things that are gone.
    if (isMaasError(error)) call.region.topology.forget();
    throw error;
  }
}

function describeDone(change: NetworkChange): string {
  const verb = change.kind.replaceAll('_', ' ');
  if (change.kind === 'link_subnet') {
    return `${change.name}: network ${change.link.networkName}, ${change.link.mode} ${change.link.address ?? ''}`.trim();
  }
  if (change.kind === 'create_vlan') return `${verb} ${change.vid} on ${change.parent}`;
  return 'name' in change ? `${verb} ${change.name}` : verb;
}
