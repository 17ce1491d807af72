import type { Subnet } from '../world/site.js';
import type { World } from '../world/world.js';

/** A subnet by id, by CIDR, or by `name:…`. */
export function findSubnet(world: World, wanted: string): Subnet | undefined {
  const byId = /^\d+$/.test(wanted) ? world.site.subnets.get(Number(wanted)) : undefined;
  if (byId !== undefined) return byId;
  const name = wanted.startsWith('name:') ? wanted.slice(5) : undefined;
  const cidr = wanted.startsWith('cidr:') ? wanted.slice(5) : wanted;
  return [...world.site.subnets.values()].find((subnet) =>
    name === undefined ? subnet.cidr === cidr : subnet.name === name,
  );
}
