import type { NicSpec } from '../control/fleet-spec.js';
import { untaggedVlan } from '../world/initial-site.js';
import type { Vlan } from '../world/site.js';
import type { World } from '../world/world.js';

/** The VLAN of MAAS that a card's switch port leads to; undefined while MAAS has none of that subnet or fabric. */
export function wiredVlan(world: World, nic: NicSpec): Vlan | undefined {
  const { site } = world;
  const subnet = [...site.subnets.values()].find((candidate) => candidate.cidr === nic.cidr);
  if (subnet !== undefined) return site.vlans.get(subnet.vlanId);
  const fabric = [...site.fabrics.values()].find((candidate) => candidate.name === nic.fabric);
  if (fabric === undefined) return undefined;
  return [...site.vlans.values()].find((vlan) => vlan.fabricId === fabric.id && vlan.vid === (nic.vid ?? 0));
}

/**
 * The VLAN that commissioning puts a card on: the wired one, else the untagged one of a new `fabric-N`, one per switch
 * fabric; null when MAAS may not make VLANs up (`auto_vlan_creation`).
 */
export function observedVlanId(world: World, nic: NicSpec): number | null {
  const wired = wiredVlan(world, nic);
  if (wired !== undefined) return wired.id;
  if (world.site.settings.get('auto_vlan_creation') !== true) return null;
  const key = nic.fabric ?? nic.cidr ?? nic.macAddress;
  const known = world.discoveredVlans.get(key);
  if (known !== undefined && world.site.vlans.has(known)) return known;
  const vlan = addFabric(world, undefined);
  world.discoveredVlans.set(key, vlan.id);
  return vlan.id;
}

/** A new fabric with its untagged VLAN; without a name it is `fabric-<id>`. */
export function addFabric(world: World, name: string | undefined): Vlan {
  const fabricId = world.nextId('fabric');
  const fabricName = name === undefined || name === '' ? `fabric-${fabricId}` : name;
  world.site.fabrics.set(fabricId, { id: fabricId, name: fabricName, description: '', classType: null });
  const vlan: Vlan = untaggedVlan(world.nextId('vlan'), fabricId);
  world.site.vlans.set(vlan.id, vlan);
  world.site.revision++;
  return vlan;
}
