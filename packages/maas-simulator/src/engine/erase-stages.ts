import { visibleDiskBytes, type Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import { logEvent, type World } from '../world/world.js';
import { finishRelease } from './finish-release.js';
import { endScripts } from './script-runs.js';
import { moveTo } from './status-moves.js';
import { switchOff } from './switch-off.js';
import type { Stage } from './timeline.js';

const erasing = [status.diskErasing];

/** From the network boot of an erasing machine to Ready (05 §7.1, golden timeline §21.3). */
export const eraseStages: readonly Stage[] = [
  { phase: 'erase.pxe', during: erasing, reach: info('Performing PXE boot') },
  { phase: 'erase.ephemeral', during: erasing, reach: info('Loading ephemeral') },
  { phase: 'erase.wipe', during: erasing, reach: wipe },
  { phase: 'erase.finish', during: erasing, reach: release },
  { phase: 'release.power_off', during: [status.releasing], reach: released },
];

function info(type: string): Stage['reach'] {
  return (world, _hardware, machine) => {
    if (machine !== undefined) logEvent(world, machine, 'INFO', { type });
  };
}

function wipe(world: World, hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  hardware.hasInstalledSystem = false;
  endScripts(machine, 'release');
  const bytes = hardware.spec.disks.reduce((sum, disk) => sum + visibleDiskBytes(hardware, disk.sizeBytes), 0);
  logEvent(world, machine, 'INFO', { type: 'Disks erased', description: `${bytes} bytes` });
}

function release(world: World, _hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  moveTo(world, machine, status.releasing);
  logEvent(world, machine, 'INFO', { type: 'Releasing' });
}

function released(world: World, hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  switchOff(world, hardware);
  finishRelease(world, machine);
}
