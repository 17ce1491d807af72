import { applyFlatLayout, applyLvmLayout, clearStorage, type LayoutOptions } from '../storage/layouts.js';
import { parseSize } from '../storage/parse-size.js';
import { efiPartitionBytes } from '../storage/storage-math.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import type { Call } from './call.js';
import { machineToChange, requireStatus } from './machine-lookup.js';
import { refuse, Refusal } from './refusal.js';

const layouts: Readonly<Record<string, (world: World, machine: Machine, options: LayoutOptions) => void>> = {
  flat: applyFlatLayout,
  lvm: applyLvmLayout,
  blank: (_world, machine) => clearStorage(machine),
};

/** Layouts that MAAS has and the simulator has not. */
const absentLayouts = ['bcache', 'vmfs6', 'vmfs7', 'custom'];

/** `op=set_storage_layout` (05 §8.4). */
export function setStorageLayout(call: Call): Machine {
  const machine = machineToChange(call);
  requireStatus(machine, 'storage', 'Cannot change the storage layout on a machine that is not Ready.');
  const name = call.form.get('storage_layout') ?? '';
  if (name === '') throw refuse.field('storage_layout', 'This field is required.');
  if (absentLayouts.includes(name))
    throw refuse.text(400, `Failed to configure storage layout '${name}': not simulated`);
  const apply = layouts[name];
  if (apply === undefined) {
    throw refuse.field('storage_layout', `Select a valid choice. ${name} is not one of the available choices.`);
  }
  if (!machine.blockDevices.some((device) => device.type === 'physical')) {
    throw refuse.text(400, 'Machine is missing a boot disk; no storage layout can be applied.');
  }
  try {
    apply(call.world, machine, parseOptions(call, machine));
  } catch (error) {
    throw inLayout(name, error);
  }
  return machine;
}

/** Size messages stand inside a plain text that names the layout. */
function inLayout(name: string, error: unknown): unknown {
  const isForm = error instanceof Refusal && error.contentType.startsWith('application/json');
  return isForm ? refuse.text(400, `Failed to configure storage layout '${name}': ${error.body}`) : error;
}

function parseOptions(call: Call, machine: Machine): LayoutOptions {
  const { form } = call;
  const rootDeviceId = form.integer('root_device');
  const disk = machine.blockDevices.find((device) => device.id === (rootDeviceId ?? machine.bootDiskId));
  const wholeBytes = (disk?.sizeBytes ?? 0) - efiPartitionBytes;
  const size = (field: string): number | undefined => {
    const value = form.get(field) ?? '';
    if (value === '') return undefined;
    const bytes = parseSize(value, wholeBytes);
    if (bytes === undefined) throw refuse.field(field, 'Enter a valid value.');
    return bytes === 0 ? undefined : bytes;
  };
  const options = {
    rootDeviceId,
    bootSizeBytes: size('boot_size'),
    rootSizeBytes: size('root_size'),
    logicalVolumeBytes: size('lv_size'),
    volumeGroupName: form.get('vg_name'),
    logicalVolumeName: form.get('lv_name'),
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given) as LayoutOptions;
}
