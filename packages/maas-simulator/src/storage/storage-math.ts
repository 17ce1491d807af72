import type { BlockDevice, Machine, Partition, VolumeGroup } from '../world/machine.js';

const mib = 2 ** 20;
/** MAAS aligns partitions and logical volumes to this. */
export const alignmentBytes = 4 * mib;
/** EFI system partition of a machine that boots by UEFI. */
export const efiPartitionBytes = 512 * mib;

/** Rounds down to whole extents. */
export function alignDown(sizeBytes: number): number {
  return Math.floor(sizeBytes / alignmentBytes) * alignmentBytes;
}

/** Bytes that the partition table and the boot loader's own partition take (05 §8.4). */
export function tableOverheadBytes(machine: Machine): number {
  if (machine.architecture.startsWith('ppc64el')) return 13 * mib;
  if (machine.architecture.startsWith('amd64') && machine.biosBootMethod !== 'uefi') return 6 * mib;
  return 5 * mib;
}

/** True when the boot loader takes partition number 1. */
export function hasBootLoaderPartition(machine: Machine): boolean {
  return tableOverheadBytes(machine) > 5 * mib;
}

/** Bytes that partitions may fill, with none there. */
export function partitionableBytes(machine: Machine, device: BlockDevice): number {
  return Math.max(0, alignDown(device.sizeBytes - tableOverheadBytes(machine)));
}

/** Bytes that a new partition, or a filesystem on the whole device, could have. */
export function availableBytes(machine: Machine, device: BlockDevice): number {
  if (device.filesystem !== null || device.volumeGroupId !== null) return 0;
  if (device.type === 'virtual' && device.partitions.length === 0) return device.sizeBytes;
  const taken = device.partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0);
  return Math.max(0, partitionableBytes(machine, device) - taken);
}

/** Bytes in use, table included. */
export function usedBytes(machine: Machine, device: BlockDevice): number {
  if (device.filesystem !== null || device.volumeGroupId !== null) return device.sizeBytes;
  if (device.partitions.length === 0) return 0;
  return device.partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0) + tableOverheadBytes(machine);
}

/** The number of a partition in its path; numbers are not ids, they close ranks after a deletion. */
export function partitionNumber(machine: Machine, device: BlockDevice, partition: Partition): number {
  const offset = hasBootLoaderPartition(machine) ? 2 : 1;
  return device.partitions.indexOf(partition) + offset;
}

/** Whole devices and partitions that a group is made of. */
export function membersOf(machine: Machine, group: VolumeGroup): { devices: BlockDevice[]; partitions: Partition[] } {
  return {
    devices: machine.blockDevices.filter((device) => device.volumeGroupId === group.id),
    partitions: machine.blockDevices
      .flatMap((device) => device.partitions)
      .filter((partition) => partition.volumeGroupId === group.id),
  };
}

/** Size of a group: whole extents, less one per member for its header (05 §8.4). */
export function groupBytes(machine: Machine, group: VolumeGroup): number {
  const { devices, partitions } = membersOf(machine, group);
  const members = [...devices, ...partitions];
  const total = members.reduce((sum, member) => sum + member.sizeBytes, 0);
  return Math.max(0, alignDown(total) - members.length * alignmentBytes);
}

/** Logical volumes of a group. */
export function logicalVolumesOf(machine: Machine, group: VolumeGroup): BlockDevice[] {
  return machine.blockDevices.filter((device) => device.ofVolumeGroupId === group.id);
}

/** Bytes that a new logical volume could have. */
export function groupFreeBytes(machine: Machine, group: VolumeGroup): number {
  const taken = logicalVolumesOf(machine, group).reduce((sum, volume) => sum + volume.sizeBytes, 0);
  return Math.max(0, groupBytes(machine, group) - taken);
}
