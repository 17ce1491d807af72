import type { Filesystem, StorageDevice, VolumeGroup } from '@drydock/model';
import type { DeviceSettings, FilesystemSettings, VolumeGroupSettings } from './host-settings.js';

export function compileDevice({ name, labels, volumeGroup, partitions }: DeviceSettings): StorageDevice {
  return {
    name,
    labels: Object.fromEntries(labels),
    volumeGroup,
    partitions: partitions.map((partition) => ({
      name: partition.name,
      size: partition.size,
      uuid: partition.uuid,
      isBootable: partition.isBootable ?? false,
      volumeGroup: partition.volumeGroup,
      filesystem: filesystemOf(partition),
      labels: Object.fromEntries(partition.labels),
    })),
  };
}

export function compileVolumeGroup({ name, uuid, logicalVolumes }: VolumeGroupSettings): VolumeGroup {
  return {
    name,
    uuid,
    logicalVolumes: logicalVolumes.map((volume) => ({
      name: volume.name,
      uuid: volume.uuid,
      size: volume.size,
      filesystem: filesystemOf(volume),
    })),
  };
}

/** No type, no filesystem. */
function filesystemOf(settings: FilesystemSettings): Filesystem | null {
  if (settings.filesystemType === null) return null;
  return {
    mountpoint: settings.mountpoint,
    type: settings.filesystemType,
    mountOptions: settings.mountOptions ?? 'defaults',
    uuid: settings.filesystemUuid,
    label: settings.filesystemLabel,
  };
}
