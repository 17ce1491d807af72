import type { Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { status, type StatusCode } from '../world/machine-status.js';
import type { World } from '../world/world.js';
import { wiredVlan } from './wiring.js';
import { commissionStages } from './commission-stages.js';
import { deployStages } from './deploy-stages.js';
import { enlistStages } from './enlist-stages.js';
import { eraseStages } from './erase-stages.js';
import { runTimeline, type Stage } from './timeline.js';

/** What a network boot leads to, by what MAAS wants of the machine. */
const stagesByStatus: Partial<Record<StatusCode, readonly Stage[]>> = {
  [status.commissioning]: commissionStages,
  [status.deploying]: deployStages,
  [status.diskErasing]: eraseStages,
};

/** The machine has power: from the network it meets MAAS, from disk nothing happens that MAAS would see. */
export function boot(world: World, hardware: Hardware): void {
  if (!takeNetworkBoot(hardware) || !hasDhcp(world, hardware)) return;
  const machine = knownMachine(world, hardware);
  const stages = machine === undefined ? enlistStages : stagesByStatus[machine.status];
  if (stages !== undefined) runTimeline(world, hardware, stages);
}

/** True when this boot goes to the network; an override for one boot is spent by it. */
function takeNetworkBoot(hardware: Hardware): boolean {
  const isNetworkBoot = hardware.bootOverrideEnabled !== 'Disabled' && hardware.bootOverride === 'Pxe';
  if (hardware.bootOverrideEnabled === 'Once') {
    hardware.bootOverrideEnabled = 'Disabled';
    hardware.bootOverride = 'None';
  }
  return isNetworkBoot;
}

function knownMachine(world: World, hardware: Hardware): Machine | undefined {
  return hardware.systemId === null ? undefined : world.machines.get(hardware.systemId);
}

function hasDhcp(world: World, hardware: Hardware): boolean {
  if (!world.requiresDhcp) return true;
  const nic = hardware.spec.nics.find((candidate) => candidate.boot === true) ?? hardware.spec.nics[0];
  const vlan = nic === undefined ? undefined : wiredVlan(world, nic);
  if (vlan === undefined) return false;
  const relay = vlan.relayVlanId === null ? undefined : world.site.vlans.get(vlan.relayVlanId);
  return vlan.dhcpOn || relay?.dhcpOn === true;
}
