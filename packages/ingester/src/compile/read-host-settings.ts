import type { BodyOf } from '../parse/kinds/document-kinds.js';
import {
  noFilesystem,
  type DeviceSettings,
  type FilesystemSettings,
  type HostSettings,
  type InterfaceSettings,
  type PartitionSettings,
  type VolumeGroupSettings,
} from './host-settings.js';

type HostBody = BodyOf<'HostProfile'>;
type StorageBody = HostBody['storage'];
type DeviceBody = MapValue<StorageBody['physical_devices']>;
type VolumeGroupBody = MapValue<StorageBody['volume_groups']>;
type InterfaceBody = MapValue<HostBody['interfaces']>;
type FilesystemBody = DeviceBody['partitions'][number]['filesystem'];
type MapValue<M> = M extends ReadonlyMap<string, infer V> ? V : never;

/** What one document says about a host, without what it inherits. */
export function readHostSettings(body: HostBody): HostSettings {
  return {
    hardwareProfile: body.hardware_profile,
    primaryNetwork: body.primary_network,
    rack: body.metadata.rack,
    image: body.platform.image,
    kernel: body.platform.kernel,
    oobType: body.oob.type,
    oobParameters: body.oob.parameters,
    ownerData: body.metadata.owner_data,
    kernelParameters: body.platform.kernel_params,
    tags: body.metadata.tags,
    interfaces: [...body.interfaces].map(([name, entry]) => readInterface(name, entry)),
    devices: [...body.storage.physical_devices].map(([name, device]) => readDevice(name, device)),
    volumeGroups: [...body.storage.volume_groups].map(([name, group]) => readVolumeGroup(name, group)),
  };
}

function readInterface(name: string, body: InterfaceBody): InterfaceSettings {
  const sriov = body?.sriov ?? null;
  return {
    name,
    isRemoved: body === null,
    networkLink: body?.device_link ?? null,
    slaves: body?.slaves ?? [],
    networks: body?.networks ?? [],
    hasSriov: sriov === null ? null : true,
    virtualFunctionCount: sriov?.vf_count ?? null,
    isTrusted: sriov?.trustedmode ?? sriov?.trustmode ?? null,
  };
}

/** A device that is given to a volume group has no partitions of its own in the same document (reference 02 §3.7). */
function readDevice(name: string, body: DeviceBody): DeviceSettings {
  return {
    name,
    labels: body.labels,
    volumeGroup: body.volume_group,
    partitions: body.volume_group === null ? body.partitions.map(readPartition) : [],
  };
}

function readPartition(body: DeviceBody['partitions'][number]): PartitionSettings {
  return {
    name: body.name ?? '',
    size: body.size,
    uuid: body.part_uuid,
    isBootable: body.bootable,
    volumeGroup: body.volume_group,
    labels: body.labels,
    ...readFilesystem(body.volume_group === null ? body.filesystem : null),
  };
}

function readVolumeGroup(name: string, body: VolumeGroupBody): VolumeGroupSettings {
  return {
    name,
    uuid: body.vg_uuid,
    logicalVolumes: body.logical_volumes.map((volume) => ({
      name: volume.name ?? '',
      uuid: volume.lv_uuid,
      size: volume.size,
      ...readFilesystem(volume.filesystem),
    })),
  };
}

/** The defaults count as said, so a child that names a filesystem replaces the parent's type (reference 02 §3.7). */
function readFilesystem(body: FilesystemBody): FilesystemSettings {
  if (body === null) return noFilesystem;
  return {
    mountpoint: body.mountpoint,
    filesystemType: body.fstype ?? 'ext4',
    mountOptions: body.mount_options ?? 'defaults',
    filesystemUuid: body.fs_uuid,
    filesystemLabel: body.fs_label,
  };
}
