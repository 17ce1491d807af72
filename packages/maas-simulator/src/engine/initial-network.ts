import { hardwareOf, type World } from '../world/world.js';
import type { Machine } from '../world/machine.js';
import { observedVlanId } from './wiring.js';

/** Only the physical cards remain, without links. */
export function clearNetwork(machine: Machine): void {
  machine.interfaces = machine.interfaces.filter((nic) => nic.type === 'physical');
  for (const nic of machine.interfaces) {
    nic.links = [];
    nic.params = {};
  }
  machine.gatewayLinkId = null;
}

/**
 * What MAAS sets after commissioning and on restore: the boot card gets AUTO on a subnet of its VLAN, all others are
 * merely up (05 §7.4).
 */
export function configureInitialNetwork(world: World, machine: Machine): void {
  for (const nic of machine.interfaces) {
    const isBootNic = nic.id === machine.bootInterfaceId;
    const subnet = isBootNic
      ? [...world.site.subnets.values()].find((candidate) => candidate.vlanId === nic.vlanId)
      : undefined;
    const id = world.nextId('link');
    nic.links = [
      subnet === undefined
        ? { id, mode: 'link_up', subnetId: null, ipAddress: null }
        : { id, mode: 'auto', subnetId: subnet.id, ipAddress: null },
    ];
  }
}

/** Restores names and VLANs of the cards as commissioning found them. */
export function restoreNetwork(world: World, machine: Machine): void {
  clearNetwork(machine);
  for (const spec of hardwareOf(world, machine)?.spec.nics ?? []) {
    const nic = machine.interfaces.find((candidate) => candidate.busInfo === spec.busInfo);
    if (nic === undefined) continue;
    nic.name = spec.name;
    nic.macAddress = spec.macAddress.toLowerCase();
    nic.vlanId = observedVlanId(world, spec);
  }
  configureInitialNetwork(world, machine);
}
