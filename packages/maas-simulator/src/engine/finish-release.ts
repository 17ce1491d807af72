import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import { logEvent, type World } from '../world/world.js';
import { unowned } from './new-machine.js';
import { forceStatus } from './status-moves.js';

/**
 * Owner, annotations, operating system and automatic addresses go; host name, tags, storage and network configuration
 * stay (05 §6.3).
 */
export function finishRelease(world: World, machine: Machine): void {
  Object.assign(machine, unowned());
  machine.netboot = true;
  machine.errorDescription = '';
  machine.agentName = '';
  freeAutomaticAddresses(machine);
  forceStatus(world, machine, machine.wasCommissioned ? status.ready : status.new);
  logEvent(world, machine, 'INFO', { type: 'Released' });
}

/** AUTO links keep their subnet and lose their address. */
export function freeAutomaticAddresses(machine: Machine): void {
  for (const link of machine.interfaces.flatMap((nic) => nic.links)) {
    if (link.mode === 'auto') link.ipAddress = null;
  }
}
