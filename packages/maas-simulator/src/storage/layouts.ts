import { refuse } from '../maas/refusal.js';
import type { BlockDevice, Filesystem, Machine, Partition } from '../world/machine.js';
import type { World } from '../world/world.js';
import { alignDown, availableBytes, efiPartitionBytes, groupFreeBytes } from './storage-math.js';

/** Sizes in bytes; absent ones mean "the rest". */
export interface LayoutOptions {
  readonly rootDeviceId?: number;
  readonly bootSizeBytes?: number;
  readonly rootSizeBytes?: number;
  readonly volumeGroupName?: string;
  readonly logicalVolumeName?: string;
  readonly logicalVolumeBytes?: number;
}

const minimumBootBytes = 512 * 2 ** 20;
const minimumRootBytes = 3 * 2 ** 30;

/** Removes every partition, group, logical volume and filesystem. */
export function clearStorage(machine: Machine): void {
  machine.blockDevices = machine.blockDevices.filter((device) => device.type === 'physical');
  machine.volumeGroups = [];
  machine.specialFilesystems = [];
  for (const device of machine.blockDevices) {
    device.partitions = [];
    device.filesystem = null;
    device.volumeGroupId = null;
  }
}

/** EFI if needed, /boot if asked for, and / on the rest of one disk. */
export function applyFlatLayout(world: World, machine: Machine, options: LayoutOptions): void {
  const root = beginLayout(world, machine, options);
  root.filesystem = newFilesystem(world, 'ext4', 'root', '/');
}

/** Like flat, with / on a logical volume. */
export function applyLvmLayout(world: World, machine: Machine, options: LayoutOptions): void {
  const member = beginLayout(world, machine, options);
  const group = {
    id: world.nextId('volumeGroup'),
    name: options.volumeGroupName ?? 'vgroot',
    uuid: world.random.uuid(),
  };
  machine.volumeGroups.push(group);
  member.volumeGroupId = group.id;
  const free = groupFreeBytes(machine, group);
  const sizeBytes = alignDown(options.logicalVolumeBytes ?? free);
  requireSize('lv_size', sizeBytes, minimumRootBytes, free);
  const volume = newLogicalVolume(world, group, options.logicalVolumeName ?? 'lvroot', sizeBytes);
  volume.filesystem = newFilesystem(world, 'ext4', 'root', '/');
  machine.blockDevices.push(volume);
}

/** A logical volume is a virtual block device named `<group>-<volume>`. */
export function newLogicalVolume(
  world: World,
  group: { readonly id: number; readonly name: string },
  name: string,
  sizeBytes: number,
): BlockDevice {
  return {
    id: world.nextId('blockDevice'),
    name: `${group.name}-${name}`,
    type: 'virtual',
    model: '',
    serial: '',
    idPath: null,
    sizeBytes,
    blockSizeBytes: 4096,
    tags: [],
    uuid: world.random.uuid(),
    partitions: [],
    filesystem: null,
    volumeGroupId: null,
    ofVolumeGroupId: group.id,
    busInfo: '',
  };
}

export function newFilesystem(world: World, fstype: string, label: string, mountPoint: string | null): Filesystem {
  return { fstype, label, uuid: world.random.uuid(), mountPoint, mountOptions: mountPoint === null ? null : '' };
}

export function newPartition(world: World, sizeBytes: number, bootable: boolean): Partition {
  return {
    id: world.nextId('partition'),
    uuid: world.random.uuid(),
    sizeBytes,
    bootable,
    filesystem: null,
    volumeGroupId: null,
    tags: [],
  };
}

/** Clears all, makes the EFI and boot partitions, checks sizes before anything changes; returns the root partition. */
function beginLayout(world: World, machine: Machine, options: LayoutOptions): Partition {
  const disk = rootDisk(machine, options);
  const free = availableBytes(machine, { ...disk, partitions: [], filesystem: null, volumeGroupId: null });
  const efiBytes = machine.biosBootMethod === 'uefi' ? efiPartitionBytes : 0;
  const wantedBootBytes = options.bootSizeBytes ?? 0;
  if (wantedBootBytes > 0)
    requireSize('boot_size', wantedBootBytes, minimumBootBytes, free - efiBytes - minimumRootBytes);
  const bootBytes = alignDown(wantedBootBytes);
  const most = free - efiBytes - bootBytes;
  const rootBytes = alignDown(options.rootSizeBytes ?? most);
  requireSize('root_size', rootBytes, minimumRootBytes, most);
  clearStorage(machine);
  machine.bootDiskId = disk.id;
  if (efiBytes > 0) addFormatted(world, disk, efiBytes, ['fat32', 'efi', '/boot/efi']);
  if (bootBytes > 0) addFormatted(world, disk, bootBytes, ['ext4', 'boot', '/boot']);
  const root = newPartition(world, rootBytes, false);
  disk.partitions.push(root);
  return root;
}

function addFormatted(
  world: World,
  disk: BlockDevice,
  sizeBytes: number,
  [fstype, label, mount]: [string, string, string],
) {
  const partition = newPartition(world, sizeBytes, true);
  partition.filesystem = newFilesystem(world, fstype, label, mount);
  disk.partitions.push(partition);
}

function rootDisk(machine: Machine, options: LayoutOptions): BlockDevice {
  const physical = machine.blockDevices.filter((device) => device.type === 'physical');
  const wanted = options.rootDeviceId ?? machine.bootDiskId ?? physical[0]?.id;
  const disk = physical.find((device) => device.id === wanted);
  if (disk !== undefined) return disk;
  if (options.rootDeviceId === undefined || physical.length === 0) {
    throw refuse.text(400, 'Machine is missing a boot disk; no storage layout can be applied.');
  }
  throw refuse.field(
    'root_device',
    `Select a valid choice. ${options.rootDeviceId} is not one of the available choices.`,
  );
}

function requireSize(field: string, sizeBytes: number, minimum: number, maximum: number): void {
  if (sizeBytes < minimum) throw refuse.field(field, `Size is too small. Minimum size is ${minimum}.`);
  if (sizeBytes > maximum) throw refuse.field(field, `Size is too large. Maximum size is ${maximum}.`);
}
