import type { Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { hardwareOf, logEvent, type World } from '../world/world.js';
import { boot } from './boot.js';
import { showPowerState, switchOff } from './switch-off.js';
import { phaseDelay } from './timeline.js';

export type PowerAction = 'on' | 'off' | 'cycle';

/** MAAS could not command the BMC. */
export class PowerFailure extends Error {}

/** Two controllers at one IPMI BMC within this time disturb each other. */
const interlockSeconds = 5;

/** What the metal does when it is told to; asking for what already is does nothing. */
export function applyPower(world: World, hardware: Hardware, action: PowerAction): void {
  if (action !== 'on') switchOff(world, hardware);
  if (action === 'off') return;
  hardware.powerTransition = null;
  hardware.revision++;
  if (!hardware.isPoweredOn) {
    hardware.isPoweredOn = true;
    hardware.bootGeneration++;
    boot(world, hardware);
  }
  showPowerState(world, hardware);
}

/** Commands a BMC that takes its time; the promise holds when the metal has obeyed. */
export function commandPower(world: World, hardware: Hardware, action: PowerAction): Promise<void> {
  const isDone = action !== 'cycle' && hardware.isPoweredOn === (action === 'on') && hardware.powerTransition === null;
  if (world.clock.isInstant || isDone) {
    if (!isDone) applyPower(world, hardware, action);
    return Promise.resolve();
  }
  hardware.powerTransition = action === 'on' ? 'PoweringOn' : 'PoweringOff';
  hardware.revision++;
  return new Promise((resolve) => {
    world.clock.schedule(phaseDelay(hardware, 'power.command'), () => {
      applyPower(world, hardware, action);
      resolve();
    });
  });
}

/** MAAS's own power command: through the BMC that the machine's power parameters name. */
export async function maasPower(world: World, machine: Machine, action: PowerAction): Promise<void> {
  if (machine.powerType === 'manual') return;
  if (machine.powerType === '') throw new PowerFailure('No BMC is defined.  Cannot power control node.');
  const hardware = hardwareOf(world, machine);
  const trouble = bmcTrouble(machine, hardware);
  if (hardware === undefined || trouble !== undefined) {
    machine.powerState = 'error';
    logEvent(world, machine, 'WARNING', { type: "Failed to query node's BMC", description: trouble ?? 'no BMC' });
    throw new PowerFailure(`Failed to power ${action} node ${machine.systemId}: ${trouble ?? 'no BMC'}`);
  }
  requireInterlock(world, hardware, 'maas');
  if (action !== 'off') {
    hardware.bootOverride = 'Pxe';
    hardware.bootOverrideEnabled = 'Once';
  }
  await commandPower(world, hardware, action);
}

/** Throws when an IPMI BMC is still busy with another controller. */
export function requireInterlock(world: World, hardware: Hardware, controller: string): void {
  if (hardware.spec.bmc.kind !== 'ipmi') return;
  const { lastCommand } = hardware;
  const atSeconds = world.clock.nowSeconds();
  const isBusy =
    !world.clock.isInstant &&
    lastCommand !== null &&
    lastCommand.controller !== controller &&
    atSeconds - lastCommand.atSeconds < interlockSeconds;
  if (isBusy) throw new PowerFailure(`BMC ${hardware.spec.bmc.address} is busy with another controller`);
  hardware.lastCommand = { controller, atSeconds };
}

/** Why MAAS cannot use the BMC; undefined when it can. */
export function bmcTrouble(machine: Machine, hardware: Hardware | undefined): string | undefined {
  const address = machine.powerParameters['power_address'] ?? '';
  if (hardware === undefined) return `no answer from ${address}`;
  const { bmc } = hardware.spec;
  if (plainAddress(address) !== bmc.address) return `no route to BMC ${address}`;
  if (hardware.faults.bmcDown === true) return `BMC ${address} does not answer: connection timed out`;
  const { power_user: user, power_pass: password } = machine.powerParameters;
  if (user !== (bmc.username ?? 'admin') || password !== (bmc.password ?? 'admin')) {
    return `BMC ${address} refused the credentials`;
  }
  return undefined;
}

/** The host of `https://a.b.c.d:port/…`. */
function plainAddress(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}
