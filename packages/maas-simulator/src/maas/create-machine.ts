import { newMachine } from '../engine/new-machine.js';
import type { Machine } from '../world/machine.js';
import { logEvent } from '../world/world.js';
import type { Call } from './call.js';
import { requireMac } from './machine-filters.js';
import { refuse } from './refusal.js';

/** POST machines/: a machine that somebody types in; hardware with one of the MAC addresses is behind it. */
export function createMachine(call: Call): Machine {
  const { form, world } = call;
  const architecture = form.require('architecture');
  const macs = form.words('mac_addresses').map((mac) => requireMac(mac, 'mac_addresses'));
  if (macs.length === 0) throw refuse.field('mac_addresses', 'This field is required.');
  const taken = new Set(
    [...world.machines.values()].flatMap((machine) => machine.interfaces.map((nic) => nic.macAddress)),
  );
  const duplicate = macs.find((mac) => taken.has(mac));
  if (duplicate !== undefined) throw refuse.field('mac_addresses', `MAC address ${duplicate} already in use.`);
  const hardware = [...world.fleet.values()].find((candidate) =>
    candidate.spec.nics.some((nic) => macs.includes(nic.macAddress.toLowerCase())),
  );
  const created: Machine = {
    ...newMachine(world, { hostname: form.get('hostname') ?? world.random.hostName(), architecture }),
    hardwareName: hardware?.spec.name ?? null,
    powerType: form.get('power_type') ?? '',
  };
  created.interfaces = macs.map((macAddress, index) => ({
    id: world.nextId('interface'),
    name: `eth${index}`,
    type: 'physical',
    macAddress,
    vlanId: null,
    parentIds: [],
    tags: [],
    links: [],
    params: {},
    speedMbps: 10_000,
    busInfo: hardware?.spec.nics.find((nic) => nic.macAddress.toLowerCase() === macAddress)?.busInfo ?? '',
  }));
  created.bootInterfaceId = created.interfaces[0]?.id ?? null;
  world.machines.set(created.systemId, created);
  if (hardware !== undefined) hardware.systemId = created.systemId;
  logEvent(world, created, 'INFO', { type: 'New' });
  return created;
}
