import { array, boolean, number, object, string } from 'yup';
import type {
  FoundDisk,
  FoundFilesystem,
  FoundGroup,
  FoundPartition,
  FoundStorage,
  FoundVolume,
} from '../diff/storage-model.js';
import type { MachineDocument } from './machine-document.js';
import { readDocument } from './read-document.js';

const filesystemSchema = object({
  fstype: string().required(),
  label: string().nullable().optional(),
  uuid: string().nullable().optional(),
  mount_point: string().nullable().optional(),
  mount_options: string().nullable().optional(),
});

const partitionSchema = object({
  id: number().integer().required(),
  size: number().required(),
  bootable: boolean().optional(),
  filesystem: filesystemSchema.nullable().defined(),
});

const blockDeviceSchema = object({
  id: number().integer().required(),
  name: string().required(),
  type: string().required(),
  size: number().required(),
  available_size: number().optional(),
  filesystem: filesystemSchema.nullable().defined(),
  partitions: array(partitionSchema.required()).optional(),
});
const blockDevicesSchema = array(blockDeviceSchema.required()).required();

const memberSchema = object({ id: number().integer().required(), type: string().required() });
const groupSchema = object({
  id: number().integer().required(),
  name: string().required(),
  size: number().required(),
  devices: array(memberSchema.required()).required(),
  logical_volumes: array(blockDeviceSchema.required()).required(),
});
const groupsSchema = array(groupSchema.required()).required();

type BlockDeviceDocument = ReturnType<typeof blockDeviceSchema.validateSync>;
type PartitionDocument = ReturnType<typeof partitionSchema.validateSync>;
type GroupDocument = ReturnType<typeof groupSchema.validateSync>;

/** The disks of a machine; its groups come from elsewhere, the machine names only their ids. */
export function readDisks(machine: MachineDocument): Omit<FoundStorage, 'groups'> {
  const devices = readDocument(blockDevicesSchema, machine.blockdevice_set, `the disks of ${machine.system_id}`);
  return {
    bootDiskId: idOf(machine.boot_disk),
    disks: devices.filter((device) => device.type === 'physical').map(diskOf),
  };
}

export function hasGroups(machine: MachineDocument): boolean {
  return Array.isArray(machine.volume_groups) && machine.volume_groups.length > 0;
}

export function readGroups(document: unknown): readonly FoundGroup[] {
  return readDocument(groupsSchema, document, 'a list of volume groups').map(groupOf);
}

export function readGroup(document: unknown): FoundGroup {
  return groupOf(readDocument(groupSchema, document, 'a volume group'));
}

export function readPartition(document: unknown): FoundPartition {
  return partitionOf(readDocument(partitionSchema, document, 'a partition'));
}

/** @param groupName the group whose name MAAS puts before that of the volume */
export function readVolume(document: unknown, groupName: string): FoundVolume {
  return volumeOf(readDocument(blockDeviceSchema, document, 'a logical volume'), groupName);
}

/** A volume as the answer to a change of its filesystem, of which only that is used. */
export function readVolumeFilesystem(document: unknown): FoundFilesystem | null {
  return filesystemOf(readDocument(blockDeviceSchema, document, 'a block device').filesystem);
}

function idOf(document: unknown): number | null {
  if (typeof document !== 'object' || document === null) return null;
  const id = (document as Record<string, unknown>)['id'];
  return typeof id === 'number' ? id : null;
}

function diskOf(device: BlockDeviceDocument): FoundDisk {
  return {
    id: device.id,
    name: device.name,
    sizeBytes: device.size,
    availableBytes: device.available_size ?? 0,
    filesystem: filesystemOf(device.filesystem),
    partitions: (device.partitions ?? []).map(partitionOf).sort((one, other) => one.id - other.id),
  };
}

function partitionOf(partition: PartitionDocument): FoundPartition {
  return {
    id: partition.id,
    sizeBytes: partition.size,
    isBootable: partition.bootable ?? false,
    filesystem: filesystemOf(partition.filesystem),
  };
}

function groupOf(group: GroupDocument): FoundGroup {
  const idsOf = (isPartition: boolean) =>
    group.devices.filter((device) => (device.type === 'partition') === isPartition).map((device) => device.id);
  return {
    id: group.id,
    name: group.name,
    sizeBytes: group.size,
    diskIds: idsOf(false),
    partitionIds: idsOf(true),
    volumes: group.logical_volumes.map((volume) => volumeOf(volume, group.name)),
  };
}

function volumeOf(device: BlockDeviceDocument, groupName: string): FoundVolume {
  const prefix = `${groupName}-`;
  return {
    id: device.id,
    name: device.name.startsWith(prefix) ? device.name.slice(prefix.length) : device.name,
    sizeBytes: device.size,
    filesystem: filesystemOf(device.filesystem),
  };
}

function filesystemOf(filesystem: BlockDeviceDocument['filesystem']): FoundFilesystem | null {
  if (filesystem === null) return null;
  return {
    type: filesystem.fstype,
    label: filesystem.label || null,
    uuid: filesystem.uuid || null,
    mountPoint: filesystem.mount_point || null,
    mountOptions: filesystem.mount_options ?? '',
  };
}
