import type { BodyOf } from '../parse/kinds/document-kinds.js';
import {
  noFilesystem,
  nothingNamed,
  type DeviceSettings,
  type FilesystemSettings,
  type HostSettings,
  type InterfaceSettings,
  type PartitionSettings,
  type VolumeGroupSettings,
} from './host-settings.js';
import { removal } from './merge-values.js';

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
    interfaces: readNamed(body.interfaces, readInterface),
    devices: readNamed(body.storage.physical_devices, readDevice),
    volumeGroups: readNamed(body.storage.volume_groups, readVolumeGroup),
  };
}

/** Most nodes say nothing of most things: one empty list serves all. */
function readNamed<B, T>(bodies: ReadonlyMap<string, B>, read: (name: string, body: B) => T): readonly T[] {
  return bodies.size === 0 ? nothingNamed : Array.from(bodies, ([name, body]) => read(name, body));
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

/**
 * A device that is given to a volume group has no partitions of its own in the same document (reference 02 §3.7); one
 * that is taken out of an inherited group may.
 */
function readDevice(name: string, body: DeviceBody): DeviceSettings {
  return {
    name,
    labels: body.labels,
    volumeGroup: body.volume_group,
    partitions: isGiven(body.volume_group) ? nothingNamed : body.partitions.map(readPartition),
  };
}

function isGiven(volumeGroup: string | null): boolean {
  return volumeGroup !== null && volumeGroup !== removal;
}

function readPartition(body: DeviceBody['partitions'][number]): PartitionSettings {
  return {
    name: body.name ?? '',
    size: body.size,
    uuid: body.part_uuid,
    isBootable: body.bootable,
    volumeGroup: body.volume_group,
    labels: body.labels,
    ...readFilesystem(isGiven(body.volume_group) ? null : body.filesystem),
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
