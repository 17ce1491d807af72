import type { CompiledNode, Filesystem } from '@drydock/model';
import type { FilesystemSettings, HostSettings } from './host-settings.js';

/** Devices and volume groups of a node, in the order of its profiles. */
export function compileStorage({ devices, volumeGroups }: HostSettings): CompiledNode['storage'] {
  return {
    devices: devices.map((device) => ({
      name: device.name,
      labels: Object.fromEntries(device.labels),
      volumeGroup: device.volumeGroup,
      partitions: device.partitions.map((partition) => ({
        name: partition.name,
        size: partition.size,
        uuid: partition.uuid,
        isBootable: partition.isBootable ?? false,
        volumeGroup: partition.volumeGroup,
        filesystem: filesystemOf(partition),
        labels: Object.fromEntries(partition.labels),
      })),
    })),
    volumeGroups: volumeGroups.map((group) => ({
      name: group.name,
      uuid: group.uuid,
      logicalVolumes: group.logicalVolumes.map((volume) => ({
        name: volume.name,
        uuid: volume.uuid,
        size: volume.size,
        filesystem: filesystemOf(volume),
      })),
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
