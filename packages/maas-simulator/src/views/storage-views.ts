import {
  availableBytes,
  groupBytes,
  groupFreeBytes,
  logicalVolumesOf,
  membersOf,
  partitionNumber,
  usedBytes,
} from '../storage/storage-math.js';
import type { BlockDevice, Filesystem, Machine, Partition, VolumeGroup } from '../world/machine.js';

/** A block device as MAAS shows it (05 §5.3). */
export function blockDeviceView(machine: Machine, device: BlockDevice): Record<string, unknown> {
  const hasTable = device.partitions.length > 0;
  return {
    system_id: machine.systemId,
    id: device.id,
    name: device.name,
    uuid: device.uuid,
    type: device.type,
    path: `/dev/disk/by-dname/${device.name}`,
    model: device.model,
    serial: device.serial,
    id_path: device.idPath,
    size: device.sizeBytes,
    block_size: device.blockSizeBytes,
    available_size: availableBytes(machine, device),
    used_size: usedBytes(machine, device),
    used_for: usedFor(machine, device),
    tags: device.tags,
    filesystem: filesystemView(device.filesystem),
    partition_table_type: hasTable ? 'GPT' : null,
    partitions: device.partitions.map((partition) => partitionView(machine, device, partition)),
    firmware_version: device.type === 'physical' ? '1.0' : null,
    storage_pool: null,
    numa_node: device.type === 'physical' ? 0 : null,
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/blockdevices/${device.id}/`,
  };
}

export function partitionView(machine: Machine, device: BlockDevice, partition: Partition): Record<string, unknown> {
  return {
    system_id: machine.systemId,
    device_id: device.id,
    id: partition.id,
    uuid: partition.uuid,
    path: `/dev/disk/by-dname/${device.name}-part${partitionNumber(machine, device, partition)}`,
    type: 'partition',
    size: partition.sizeBytes,
    bootable: partition.bootable,
    filesystem: filesystemView(partition.filesystem),
    used_for:
      partition.volumeGroupId === null
        ? usedForFilesystem(partition.filesystem)
        : lvmUse(machine, partition.volumeGroupId),
    tags: partition.tags,
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/blockdevices/${device.id}/partition/${partition.id}`,
  };
}

export function volumeGroupView(machine: Machine, group: VolumeGroup): Record<string, unknown> {
  const { devices, partitions } = membersOf(machine, group);
  const size = groupBytes(machine, group);
  const free = groupFreeBytes(machine, group);
  return {
    system_id: machine.systemId,
    id: group.id,
    uuid: group.uuid,
    name: group.name,
    devices: [
      ...devices.map((device) => blockDeviceView(machine, device)),
      ...machine.blockDevices.flatMap((device) =>
        device.partitions
          .filter((partition) => partitions.includes(partition))
          .map((partition) => partitionView(machine, device, partition)),
      ),
    ],
    size,
    human_size: humanSize(size),
    available_size: free,
    human_available_size: humanSize(free),
    used_size: size - free,
    human_used_size: humanSize(size - free),
    logical_volumes: logicalVolumesOf(machine, group).map((volume) => blockDeviceView(machine, volume)),
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/volume-group/${group.id}/`,
  };
}

export function filesystemView(filesystem: Filesystem | null): Record<string, unknown> | null {
  if (filesystem === null) return null;
  return {
    fstype: filesystem.fstype,
    label: filesystem.label,
    uuid: filesystem.uuid,
    mount_point: filesystem.mountPoint,
    mount_options: filesystem.mountOptions,
  };
}

function usedFor(machine: Machine, device: BlockDevice): string {
  const count = device.partitions.length;
  if (count > 0) return `GPT partitioned with ${count} partition${count === 1 ? '' : 's'}`;
  if (device.volumeGroupId !== null) return lvmUse(machine, device.volumeGroupId);
  return usedForFilesystem(device.filesystem);
}

function lvmUse(machine: Machine, groupId: number): string {
  return `LVM volume for ${machine.volumeGroups.find((group) => group.id === groupId)?.name ?? ''}`;
}

function usedForFilesystem(filesystem: Filesystem | null): string {
  if (filesystem === null) return 'Unused';
  const formatted = `${filesystem.fstype} formatted filesystem`;
  return filesystem.mountPoint === null ? `Unmounted ${formatted}` : `${formatted} mounted at ${filesystem.mountPoint}`;
}

function humanSize(sizeBytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${value} bytes` : `${value.toFixed(1)} ${units[unit]}`;
}
