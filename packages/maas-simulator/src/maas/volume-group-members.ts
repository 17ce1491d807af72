import { newPartition } from '../storage/layouts.js';
import { partitionableBytes } from '../storage/storage-math.js';
import type { BlockDevice, Machine, Partition } from '../world/machine.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

/**
 * Block devices and partitions that a request names, by id or name, one per parameter: a text with commas is one
 * invalid choice (05 §8.4). Returns what makes them members, so that nothing changes when any of them is refused.
 */
export function requireMembers(
  call: Call,
  machine: Machine,
  fields: { readonly devices: string; readonly partitions: string },
): (groupId: number) => void {
  const devices = namedBy(call, fields.devices).map((wanted) => requireDevice(machine, fields.devices, wanted));
  const partitions = namedBy(call, fields.partitions).map((wanted) =>
    requirePartition(machine, fields.partitions, wanted),
  );
  if (devices.length + partitions.length === 0) {
    throw refuse.field('__all__', 'At least one valid block device or partition is required.');
  }
  return (groupId) => {
    for (const partition of partitions) partition.volumeGroupId = groupId;
    for (const device of devices) memberOf(call, machine, device).volumeGroupId = groupId;
  };
}

function namedBy(call: Call, field: string): string[] {
  return call.form.all(field).filter((value) => value !== '');
}

function requireDevice(machine: Machine, field: string, wanted: string): BlockDevice {
  const device = machine.blockDevices.find((candidate) => String(candidate.id) === wanted || candidate.name === wanted);
  const isFree = device?.partitions.length === 0 && device.filesystem === null && device.volumeGroupId === null;
  if (device === undefined || !isFree) throw invalidChoice(field, wanted);
  return device;
}

function requirePartition(machine: Machine, field: string, wanted: string): Partition {
  const partition = machine.blockDevices
    .flatMap((device) => device.partitions)
    .find((candidate) => String(candidate.id) === wanted);
  if (partition?.filesystem !== null || partition.volumeGroupId !== null) throw invalidChoice(field, wanted);
  return partition;
}

/** A whole boot disk joins as one partition that covers it, so that it can still hold a boot loader. */
function memberOf(call: Call, machine: Machine, device: BlockDevice): BlockDevice | Partition {
  const firstDisk = machine.blockDevices.find((candidate) => candidate.type === 'physical');
  const bootDiskId = machine.bootDiskId ?? firstDisk?.id;
  if (device.id !== bootDiskId) return device;
  const partition = newPartition(call.world, partitionableBytes(machine, device), false);
  device.partitions.push(partition);
  return partition;
}

function invalidChoice(field: string, wanted: string) {
  return refuse.field(field, `Select a valid choice. ${wanted} is not one of the available choices.`);
}
