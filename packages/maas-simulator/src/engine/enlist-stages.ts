import type { Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { logEvent, type World } from '../world/world.js';
import { newMachine } from './new-machine.js';
import { observedVlanId } from './wiring.js';
import type { Stage } from './timeline.js';

/** An unknown machine boots from the network and registers itself (05 §7.1). */
export const enlistStages: readonly Stage[] = [
  { phase: 'enlist.pxe', reach: () => undefined },
  { phase: 'enlist.ephemeral', reach: () => undefined },
  { phase: 'enlist.register', reach: (world, hardware) => void enlist(world, hardware) },
];

/** Makes MAAS know the hardware: status New, a made-up host name, power parameters as its own BMC script found them. */
export function enlist(world: World, hardware: Hardware): Machine {
  const { spec } = hardware;
  const machine = newMachine(world, {
    hostname: uniqueHostName(world),
    architecture: spec.architecture ?? 'amd64/generic',
  });
  const enlisted: Machine = { ...machine, hardwareName: spec.name, hardwareUuid: hardware.uuid, ...powerOf(hardware) };
  enlisted.interfaces = spec.nics.map((nic) => ({
    id: world.nextId('interface'),
    name: nic.name,
    type: 'physical',
    macAddress: nic.macAddress.toLowerCase(),
    vlanId: observedVlanId(world, nic),
    parentIds: [],
    tags: [],
    links: [{ id: world.nextId('link'), mode: 'link_up', subnetId: null, ipAddress: null }],
    params: {},
    speedMbps: nic.speedMbps ?? 10_000,
    busInfo: nic.busInfo,
  }));
  const bootIndex = Math.max(
    0,
    spec.nics.findIndex((nic) => nic.boot === true),
  );
  enlisted.bootInterfaceId = enlisted.interfaces[bootIndex]?.id ?? null;
  enlisted.biosBootMethod = spec.bootMode === 'uefi' ? 'uefi' : 'pxe';
  world.machines.set(enlisted.systemId, enlisted);
  hardware.systemId = enlisted.systemId;
  logEvent(world, enlisted, 'INFO', { type: 'New' });
  return enlisted;
}

function powerOf(hardware: Hardware): Pick<Machine, 'powerType' | 'powerParameters' | 'powerState'> {
  const { bmc } = hardware.spec;
  const kind = bmc.kind ?? 'redfish';
  if (kind === 'manual') return { powerType: 'manual', powerParameters: {}, powerState: 'unknown' };
  const parameters: Record<string, string> = {
    power_address: bmc.address,
    power_user: bmc.username ?? 'admin',
    power_pass: bmc.password ?? 'admin',
  };
  if (kind === 'redfish') parameters['node_id'] = '1';
  return { powerType: kind, powerParameters: parameters, powerState: hardware.isPoweredOn ? 'on' : 'off' };
}

function uniqueHostName(world: World): string {
  const taken = new Set([...world.machines.values()].map((machine) => machine.hostname));
  let name = world.random.hostName();
  while (taken.has(name)) name = `${world.random.hostName()}-${world.random.integer(10_000)}`;
  return name;
}
