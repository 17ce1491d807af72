import { moveTo } from '../engine/status-moves.js';
import { tagNamesOf } from '../views/machine-view.js';
import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

/** Constraints that choose a machine. */
const constraints: Readonly<Record<string, (machine: Machine, values: readonly string[], call: Call) => boolean>> = {
  system_id: (machine, values) => values.includes(machine.systemId),
  name: (machine, values, call) => values.some((value) => isNamed(machine, value, call)),
  arch: (machine, values) => values.some((value) => machine.architecture.startsWith(value)),
  cpu_count: (machine, values) => machine.cpuCount >= Number(values[0]),
  mem: (machine, values) => machine.memoryMib >= Number(values[0]),
  tags: (machine, values, call) => {
    const names = tagNamesOf(call.world, machine);
    return values.flatMap((value) => value.split(',')).every((name) => names.includes(name.trim()));
  },
  zone: (machine, values) => values.includes(machine.zone),
  pool: (machine, values) => values.includes(machine.pool),
};

/** Parameters that say how, not which. */
const options = new Set([
  'op',
  'agent_name',
  'comment',
  'dry_run',
  'verbose',
  'bridge_all',
  'bridge_type',
  'bridge_stp',
  'bridge_fd',
]);

/** `op=allocate`: the first Ready machine without an owner that meets the constraints (05 §8.6). */
export function allocate(call: Call): Machine {
  const { form, world } = call;
  const names = form.names().filter((name) => !options.has(name));
  for (const name of names) if (!(name in constraints)) throw refuse.field(name, 'No such constraint.');
  const wanted = names.filter((name) => form.all(name).some((value) => value !== ''));
  const available = [...world.machines.values()].filter(
    (machine) => machine.status === status.ready && machine.owner === '' && !machine.locked,
  );
  const machine = available.find((candidate) =>
    wanted.every((name) => constraints[name]?.(candidate, form.all(name), call) === true),
  );
  if (machine === undefined) throw refuse.state(whyNone(call, wanted));
  if (form.strictBoolean('dry_run') === true) return machine;
  machine.owner = call.user.username;
  machine.agentName = form.get('agent_name') ?? '';
  moveTo(world, machine, status.allocated);
  return machine;
}

function whyNone(call: Call, wanted: readonly string[]): string {
  const systemId = call.form.get('system_id');
  if (systemId !== undefined && systemId !== '') {
    call.objectId = systemId;
    return `No machine with system ID ${systemId} available.`;
  }
  if (wanted.length === 0) return 'No machine available.';
  const shown = wanted.map((name) => `${name}=${call.form.all(name).join(',')}`).join(' ');
  return `No available machine matches constraints: ${shown}`;
}

function isNamed(machine: Machine, value: string, call: Call): boolean {
  const domain = call.world.site.domains.get(machine.domainId)?.name ?? '';
  return value === machine.hostname || value === `${machine.hostname}.${domain}`;
}
