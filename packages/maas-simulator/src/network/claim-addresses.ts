import { refuse } from '../maas/refusal.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import { freeAddress, linksOf } from './addresses.js';

/** Gives every AUTO link its address; 503 when a subnet has none left, and then none is taken. */
export function claimAutomaticAddresses(world: World, machine: Machine): void {
  const waiting = linksOf(machine).filter((link) => link.mode === 'auto' && link.ipAddress === null);
  for (const link of waiting) {
    const subnet = link.subnetId === null ? undefined : world.site.subnets.get(link.subnetId);
    if (subnet === undefined) continue;
    const address = freeAddress(world, subnet);
    if (address === undefined) {
      for (const other of waiting) other.ipAddress = null;
      throw refuse.text(503, `${machine.systemId}: Unable to allocate static IP due to address exhaustion.`);
    }
    link.ipAddress = address;
  }
}
