import type { Hardware } from '../world/hardware.js';
import type { World } from '../world/world.js';

/** The metal loses power; what its boot had planned no longer happens. */
export function switchOff(world: World, hardware: Hardware): void {
  hardware.powerTransition = null;
  hardware.revision++;
  if (hardware.isPoweredOn) {
    hardware.isPoweredOn = false;
    hardware.bootGeneration++;
  }
  showPowerState(world, hardware);
}

/** MAAS sees the power state when it can ask the BMC at all. */
export function showPowerState(world: World, hardware: Hardware): void {
  const machine = hardware.systemId === null ? undefined : world.machines.get(hardware.systemId);
  if (machine === undefined || machine.powerType === 'manual' || machine.powerType === '') return;
  machine.powerState = hardware.isPoweredOn ? 'on' : 'off';
  machine.revision++;
}
