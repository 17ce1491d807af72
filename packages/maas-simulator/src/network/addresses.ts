import type { Machine, Link } from '../world/machine.js';
import type { IpRange, Subnet } from '../world/site.js';
import type { World } from '../world/world.js';
import { formatAddress, parseAddress, parseNetwork } from './ip-math.js';

/** Ranges of a subnet, as numbers. */
export function rangesOf(world: World, subnetId: number): { range: IpRange; first: bigint; last: bigint }[] {
  return [...world.site.ipRanges.values()]
    .filter((range) => range.subnetId === subnetId)
    .map((range) => ({
      range,
      first: parseAddress(range.startIp)?.value ?? 0n,
      last: parseAddress(range.endIp)?.value ?? 0n,
    }));
}

/** Every address of the subnet that a machine or a rack holds. */
export function usedAddresses(world: World, subnetId: number): Set<string> {
  const used = new Set<string>();
  // Asked at each link of every machine: no list is made for a look.
  for (const { interfaces } of world.machines.values()) {
    for (const { links } of interfaces) {
      for (const link of links) if (link.subnetId === subnetId && link.ipAddress !== null) used.add(link.ipAddress);
    }
  }
  for (const rack of world.site.racks.values()) {
    for (const link of rack.interfaces.flatMap((nic) => nic.links)) {
      if (link.subnetId === subnetId) used.add(link.ipAddress);
    }
  }
  return used;
}

/** All links of a machine. */
export function linksOf(machine: Machine): Link[] {
  return machine.interfaces.flatMap((nic) => nic.links);
}

/** The lowest address that is free: not used, not in a range, not the gateway. Undefined when there is none. */
export function freeAddress(world: World, subnet: Subnet): string | undefined {
  const network = parseNetwork(subnet.cidr);
  if (network === undefined) return undefined;
  const used = usedAddresses(world, subnet.id);
  const ranges = rangesOf(world, subnet.id);
  for (let value = network.first + 1n; value < network.last; value++) {
    const taken = ranges.find((range) => range.first <= value && value <= range.last);
    if (taken !== undefined) {
      value = taken.last;
      continue;
    }
    const text = formatAddress({ family: network.family, value });
    if (text !== subnet.gatewayIp && !used.has(text)) return text;
  }
  return undefined;
}
