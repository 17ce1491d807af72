import { discoverHardware } from '../engine/discover-hardware.js';
import { enlist } from '../engine/enlist-stages.js';
import { forceStatus } from '../engine/status-moves.js';
import { endScripts, startCommissioningScripts } from '../engine/script-runs.js';
import { unbox, type Hardware } from '../world/hardware.js';
import { status } from '../world/machine-status.js';
import type { World } from '../world/world.js';
import { ControlRefusal } from './fleet-schema.js';
import type { MachineSpec } from './fleet-spec.js';

/** Refuses hardware that clashes with itself or with what is there: names, MAC addresses, BMC endpoints. */
export function requireDistinct(world: World, added: readonly MachineSpec[]): void {
  const taken = new Set<string>();
  const claim = (what: string) => {
    if (taken.has(what)) throw new ControlRefusal(400, `machines: two machines have ${what}`);
    taken.add(what);
  };
  for (const spec of [...[...world.fleet.values()].map((hardware) => hardware.spec), ...added]) {
    claim(`the name ${spec.name}`);
    for (const nic of spec.nics) claim(`the MAC address ${nic.macAddress.toLowerCase()}`);
    const kind = spec.bmc.kind ?? 'redfish';
    if (kind !== 'manual' && spec.bmc.port !== 0) claim(`the BMC endpoint ${spec.bmc.address}:${spec.bmc.port ?? 0}`);
  }
}

/** Puts a machine into the rack, known to MAAS as far as its spec says. */
export function addHardware(world: World, spec: MachineSpec): Hardware {
  const hardware = unbox(spec, world.random.uuid());
  world.fleet.set(spec.name, hardware);
  if (spec.initial === 'new' || spec.initial === 'ready') {
    const machine = enlist(world, hardware);
    machine.hostname = spec.name;
    if (spec.initial === 'ready') {
      startCommissioningScripts(world, machine);
      discoverHardware(world, machine, hardware);
      endScripts(machine, 'commissioning');
      machine.wasCommissioned = true;
      forceStatus(world, machine, status.ready);
    }
  }
  return hardware;
}
