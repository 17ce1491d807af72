import type { Machine } from '../world/machine.js';
import type { Call } from './call.js';
import type { Form } from './form.js';
import { machineToChange } from './machine-lookup.js';
import { refuse } from './refusal.js';

const powerTypes = ['', 'manual', 'ipmi', 'redfish', 'virsh', 'lxd', 'webhook'];
const powerPrefix = 'power_parameters_';
const hostNameLabel = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** Parameters that a power type cannot do without. */
const neededPowerParameters: Readonly<Record<string, readonly string[]>> = {
  virsh: ['power_address', 'power_id'],
  redfish: ['power_address', 'power_user', 'power_pass'],
  ipmi: ['power_address'],
};

/** PUT of a machine (05 §8.2): checks everything, then changes. */
export function updateMachine(call: Call): Machine {
  const machine = machineToChange(call);
  const { form } = call;
  const changes: Partial<Machine> = {
    ...nameChanges(call, machine),
    ...powerChanges(call, machine),
    ...plainChanges(form),
  };
  Object.assign(machine, changes);
  return machine;
}

function nameChanges(call: Call, machine: Machine): Partial<Machine> {
  const given = call.form.get('hostname') ?? '';
  const [hostname = '', ...rest] = (given === '' ? machine.hostname : given).split('.');
  if (!hostNameLabel.test(hostname)) throw refuse.field('hostname', `Invalid hostname: ${given}.`);
  const wanted = rest.length > 0 ? rest.join('.') : (call.form.get('domain') ?? '');
  const domainId = wanted === '' ? machine.domainId : requireDomain(call, wanted);
  const isTaken = [...call.world.machines.values()].some(
    (other) => other !== machine && other.hostname === hostname && other.domainId === domainId,
  );
  if (isTaken) throw refuse.field('hostname', `Node with hostname '${hostname}' already exists.`);
  return { hostname, domainId };
}

function requireDomain(call: Call, wanted: string): number {
  const domains = [...call.world.site.domains.values()];
  const domain = domains.find((candidate) => candidate.name === wanted || String(candidate.id) === wanted);
  if (domain !== undefined) return domain.id;
  throw refuse.field('domain', 'Select a valid choice. That choice is not one of the available choices.');
}

function powerChanges(call: Call, machine: Machine): Partial<Machine> {
  const { form } = call;
  const powerType = form.get('power_type') ?? machine.powerType;
  if (!powerTypes.includes(powerType)) {
    throw refuse.field('power_type', `Select a valid choice. ${powerType} is not one of the available choices.`);
  }
  const given = form.names().filter((name) => name.startsWith(powerPrefix) && name !== `${powerPrefix}skip_check`);
  if (given.length === 0 && powerType === machine.powerType && !form.has('power_parameters')) return {};
  const skipsCheck = form.flag(`${powerPrefix}skip_check`);
  if (call.world.site.racks.size === 0 && !skipsCheck) {
    throw refuse.field('power_type', 'No rack controllers are connected, unable to validate.');
  }
  if (powerType === 'manual' || powerType === '') return { powerType, powerParameters: {}, powerState: 'unknown' };
  const powerParameters: Record<string, string> = {
    ...(powerType === machine.powerType || given.length > 0 ? machine.powerParameters : {}),
    ...parseJsonParameters(form),
    ...Object.fromEntries(given.map((name) => [name.slice(powerPrefix.length), form.get(name) ?? ''])),
  };
  const missing = (neededPowerParameters[powerType] ?? []).find((name) => (powerParameters[name] ?? '') === '');
  if (missing !== undefined && !skipsCheck) {
    throw refuse.field('power_parameters', `${missing}: This field is required.`);
  }
  return { powerType, powerParameters };
}

function parseJsonParameters(form: Form): Record<string, string> {
  const text = form.get('power_parameters') ?? '';
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)]));
  } catch (error) {
    throw refuse.field('power_parameters', `Failed to parse JSON power_parameters: ${String(error)}`);
  }
}

function plainChanges(form: Form): Partial<Machine> {
  const architecture = form.get('architecture');
  if (architecture !== undefined && !['amd64/generic', 'arm64/generic'].includes(architecture)) {
    throw refuse.field('architecture', `'${architecture}' is not a valid architecture.`);
  }
  const swapSize = form.integer('swap_size');
  return {
    ...(architecture === undefined ? {} : { architecture }),
    ...(form.has('description') ? { description: form.get('description') ?? '' } : {}),
    ...(form.has('min_hwe_kernel') ? { minHweKernel: form.get('min_hwe_kernel') ?? '' } : {}),
    ...(swapSize === undefined ? {} : { swapSize }),
  };
}
