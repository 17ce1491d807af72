import type { CommissionRequest, DeployRequest } from '../engine/operations.js';
import { linksOf } from '../network/addresses.js';
import type { Machine } from '../world/machine.js';
import { mayRun, status, statusNames } from '../world/machine-status.js';
import type { Call } from './call.js';
import { machineToChange } from './machine-lookup.js';
import { refuse } from './refusal.js';

/** Checks of `op=commission`. */
export function parseCommission(call: Call): [Machine, CommissionRequest] {
  const machine = machineToChange(call);
  const mayCommission = mayRun('commission', machine.status);
  if (!mayCommission || (machine.interfaces.length === 0 && machine.powerType !== 'ipmi')) {
    throw refuse.field('__all__', 'Commission is not available because of the current state of the node.');
  }
  const { form } = call;
  const request: CommissionRequest = {
    owner: call.user.username,
    keepPower: form.flag('enable_ssh'),
    skipStorage: form.flag('skip_storage'),
    skipNetworking: form.flag('skip_networking'),
    isTesting: !form.words('testing_scripts').includes('none'),
  };
  return [machine, request];
}

/** Checks of `op=release`: whether the disks are to be erased. */
export function parseErase(call: Call): [Machine, boolean] {
  const machine = machineToChange(call);
  const { form } = call;
  const erase = form.flag('erase') || form.flag('quick_erase') || form.flag('secure_erase');
  return [machine, erase || call.world.site.settings.get('enable_disk_erasing_on_release') === true];
}

/** Checks of `op=deploy`: state, owner, image, kernel, storage and network (05 §8.4, §8.5, §8.7). */
export function parseDeploy(call: Call): [Machine, DeployRequest] {
  const machine = deployable(call);
  const { form } = call;
  const distroSeries = requireSeries(call);
  const ephemeral = form.strictBoolean('ephemeral_deploy') ?? false;
  if (form.flag('install_rackd') && (call.world.version === '3.6' || call.world.version === '3.7')) {
    throw refuse.field('install_rackd', 'Unknown parameter.');
  }
  if (!ephemeral) requireStorage(machine);
  if (!linksOf(machine).some((link) => link.mode !== 'link_up' && link.subnetId !== null)) {
    throw refuse.field('network', 'Node must be configured to use a network');
  }
  const request: DeployRequest = {
    owner: call.user.username,
    distroSeries,
    hweKernel: requireKernel(call, distroSeries),
    userData: form.get('user_data') ?? null,
    ephemeral,
  };
  return [machine, request];
}

function deployable(call: Call): Machine {
  const machine = call.world.machines.get(call.params['systemId'] ?? '');
  if (machine === undefined) throw refuse.notFound('Machine');
  call.objectId = machine.systemId;
  if (!mayRun('deploy', machine.status)) {
    throw refuse.state(`Can't deploy a machine that is in the '${statusNames[machine.status]}' state`);
  }
  const isForeign = machine.status === status.allocated && machine.owner !== call.user.username;
  if (isForeign && call.user.isSuperuser) throw refuse.state('Can only deploy a machine that you own.');
  if (isForeign) throw refuse.text(403, '');
  machine.revision++;
  return machine;
}

function imagesOf(call: Call): Map<string, string[]> {
  const images = new Map<string, string[]>();
  for (const resource of call.world.site.bootResources) {
    const series = resource.name.replace(/^ubuntu\//, '');
    images.set(series, [...(images.get(series) ?? []), resource.architecture.split('/')[1] ?? '']);
  }
  return images;
}

function requireSeries(call: Call): string {
  const given = call.form.get('distro_series') ?? '';
  const wanted = given === '' ? String(call.world.site.settings.get('default_distro_series')) : given;
  const series = wanted.replace(/^ubuntu\//, '');
  const images = imagesOf(call);
  if (images.has(series)) return series;
  const choices = ['', ...images.keys()].map((name) => `'${name}'`).join(', ');
  throw refuse.field('distro_series', `'${wanted}' is not a valid distro_series.  It should be one of: ${choices}.`);
}

function requireKernel(call: Call, series: string): string {
  const kernels = imagesOf(call).get(series) ?? [];
  const given = call.form.get('hwe_kernel') ?? '';
  if (given === '') return kernels[0] ?? '';
  if (kernels.includes(given)) return given;
  throw refuse.field('hwe_kernel', `${given} is not available for ubuntu/${series} on amd64/generic.`);
}

function requireStorage(machine: Machine): void {
  if (machine.blockDevices.length === 0) {
    throw refuse.field('storage', 'Specify a storage device to be able to deploy this node.');
  }
  const filesystems = machine.blockDevices.flatMap((device) => [
    device.filesystem,
    ...device.partitions.map((partition) => partition.filesystem),
  ]);
  if (!filesystems.some((filesystem) => filesystem?.mountPoint === '/')) {
    throw refuse.field('storage', "Mount the root '/' filesystem to be able to deploy this node.");
  }
}
