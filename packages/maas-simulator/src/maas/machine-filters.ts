import { tagNamesOf } from '../views/machine-view.js';
import type { Machine } from '../world/machine.js';
import { statusFilterNames, statusNames } from '../world/machine-status.js';
import type { World } from '../world/world.js';
import type { Form } from './form.js';
import { refuse } from './refusal.js';

type Test = (machine: Machine, values: ReadonlySet<string>, world: World) => boolean;

/** Filters of machine lists (05 §8.1): repeated values are alternatives, names are requirements. */
const filters: Readonly<Record<string, Test>> = {
  id: (machine, values) => values.has(machine.systemId),
  hostname: (machine, values) => values.has(machine.hostname),
  mac_address: (machine, values) => machine.interfaces.some((nic) => values.has(nic.macAddress)),
  domain: (machine, values, world) => values.has(world.site.domains.get(machine.domainId)?.name ?? ''),
  zone: (machine, values) => values.has(machine.zone),
  pool: (machine, values) => values.has(machine.pool),
  not_pool: (machine, values) => !values.has(machine.pool),
  agent_name: (machine, values) => values.has(machine.agentName),
  status: (machine, values) => values.has(String(machine.status)),
  not_status: (machine, values) => !values.has(String(machine.status)),
  owner: (machine, values) => values.has(machine.owner),
  power_state: (machine, values) => values.has(machine.powerState),
  arch: (machine, values) => values.has(machine.architecture),
  cpu_count: (machine, values) => [...values].some((value) => machine.cpuCount >= Number(value)),
  mem: (machine, values) => [...values].some((value) => machine.memoryMib >= Number(value)),
  tags: (machine, values, world) => tagNamesOf(world, machine).some((name) => values.has(name)),
  not_tags: (machine, values, world) => !tagNamesOf(world, machine).some((name) => values.has(name)),
  fabrics: (machine, values, world) => fabricNames(world, machine).some((name) => values.has(name)),
  not_fabrics: (machine, values, world) => !fabricNames(world, machine).some((name) => values.has(name)),
  vlans: (machine, values) => machine.interfaces.some((nic) => values.has(String(nic.vlanId))),
};

/** Machines that pass every filter of a query, by their number; an unknown filter is refused. */
export function filterMachines(world: World, query: Form): Machine[] {
  const tests = query.names().filter((name) => name !== 'op');
  for (const name of tests) if (!(name in filters)) throw refuse.field(name, 'No such constraint.');
  const wanted = tests.map((name) => ({ test: filters[name] as Test, values: new Set(valuesOf(query, name)) }));
  return [...candidates(world, query)]
    .filter((machine) => wanted.every(({ test, values }) => test(machine, values, world)))
    .sort((left, right) => left.id - right.id);
}

/** A query by id needs no walk over the whole fleet. */
function* candidates(world: World, query: Form): Iterable<Machine> {
  if (!query.has('id')) {
    yield* world.machines.values();
    return;
  }
  for (const id of new Set(query.all('id'))) {
    const machine = world.machines.get(id);
    if (machine !== undefined) yield machine;
  }
}

function valuesOf(query: Form, name: string): string[] {
  const values = query.all(name);
  if (name === 'mac_address') return values.map((value) => requireMac(value));
  if (name === 'status' || name === 'not_status') return values.map((value) => statusNumber(name, value));
  return values;
}

/** Lower case; 400 when it is no MAC address. */
export function requireMac(value: string, field = 'mac_address'): string {
  if (!/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(value)) {
    throw refuse.field(field, `'${value}' is not a valid MAC address.`);
  }
  return value.toLowerCase().replaceAll('-', ':');
}

function statusNumber(name: string, value: string): string {
  const code = value in statusNames ? value : statusFilterNames[value.toLowerCase()];
  if (code === undefined) {
    throw refuse.field(name, `Select a valid choice. ${value} is not one of the available choices.`);
  }
  return String(code);
}

function fabricNames(world: World, machine: Machine): string[] {
  return machine.interfaces.flatMap((nic) => {
    const vlan = nic.vlanId === null ? undefined : world.site.vlans.get(nic.vlanId);
    const fabric = vlan === undefined ? undefined : world.site.fabrics.get(vlan.fabricId);
    return fabric === undefined ? [] : [fabric.name];
  });
}
