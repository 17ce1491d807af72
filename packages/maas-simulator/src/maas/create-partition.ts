import { newPartition } from '../storage/layouts.js';
import { parseSize } from '../storage/parse-size.js';
import { alignDown, alignmentBytes, availableBytes } from '../storage/storage-math.js';
import type { BlockDevice, Machine, Partition } from '../world/machine.js';
import type { Call } from './call.js';
import { requireUuid } from './filesystem-requests.js';
import { refuse } from './refusal.js';

/** POST partitions/: rounded down to 4 MiB; without a size all that is free (05 §8.4). */
export function createPartition(call: Call, machine: Machine, device: BlockDevice): Partition {
  if (device.filesystem !== null || device.volumeGroupId !== null) {
    throw refuse.text(400, 'Cannot create partition on a block device that is in use.');
  }
  const free = availableBytes(machine, device);
  const sizeBytes = requireSize(call, free);
  const uuid = requireUuid(call);
  const partition = newPartition(call.world, sizeBytes, call.form.flag('bootable'));
  if (uuid !== undefined) partition.uuid = uuid;
  device.partitions.push(partition);
  return partition;
}

function requireSize(call: Call, free: number): number {
  const text = call.form.get('size') ?? '';
  const wanted = text === '' ? free : parseSize(text);
  if (wanted === undefined) throw refuse.field('size', 'Enter a valid value.');
  if (wanted < alignmentBytes) {
    throw refuse.field('size', `Ensure this value is greater than or equal to ${alignmentBytes}.`);
  }
  const sizeBytes = alignDown(wanted);
  if (sizeBytes > free) {
    throw refuse.field('size', 'Partition cannot be saved; not enough free space on the block device.');
  }
  return sizeBytes;
}
