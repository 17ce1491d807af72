import {
  noFilesystem,
  type DeviceSettings,
  type FilesystemSettings,
  type HostSettings,
  type InterfaceSettings,
  type LogicalVolumeSettings,
  type PartitionSettings,
  type VolumeGroupSettings,
} from './host-settings.js';
import { mergeList, mergeMap, mergeNamed, mergeScalar } from './merge-values.js';

/** What a host is, given what it inherits and what it says itself (reference 02 §4.2–§4.4). */
export function mergeHostSettings(parent: HostSettings, child: HostSettings): HostSettings {
  return {
    hardwareProfile: mergeScalar(parent.hardwareProfile, child.hardwareProfile),
    primaryNetwork: mergeScalar(parent.primaryNetwork, child.primaryNetwork),
    rack: mergeScalar(parent.rack, child.rack),
    image: mergeScalar(parent.image, child.image),
    kernel: mergeScalar(parent.kernel, child.kernel),
    oobType: mergeScalar(parent.oobType, child.oobType),
    oobParameters: mergeMap(parent.oobParameters, child.oobParameters),
    ownerData: mergeMap(parent.ownerData, child.ownerData),
    kernelParameters: mergeMap(parent.kernelParameters, child.kernelParameters),
    tags: mergeList(parent.tags, child.tags),
    interfaces: mergeNamed(parent.interfaces, child.interfaces, interfaceMerge),
    devices: mergeNamed(parent.devices, child.devices, deviceMerge),
    volumeGroups: mergeNamed(parent.volumeGroups, child.volumeGroups, volumeGroupMerge),
  };
}

const interfaceMerge = {
  nothing: (name: string): InterfaceSettings => ({
    name,
    networkLink: null,
    slaves: [],
    networks: [],
    hasSriov: null,
    virtualFunctionCount: null,
    isTrusted: null,
  }),
  join: (parent: InterfaceSettings, child: InterfaceSettings): InterfaceSettings => ({
    name: child.name,
    networkLink: mergeScalar(parent.networkLink, child.networkLink),
    slaves: mergeList(parent.slaves, child.slaves),
    networks: mergeList(parent.networks, child.networks),
    hasSriov: mergeScalar(parent.hasSriov, child.hasSriov),
    virtualFunctionCount: mergeScalar(parent.virtualFunctionCount, child.virtualFunctionCount),
    isTrusted: mergeScalar(parent.isTrusted, child.isTrusted),
  }),
};

const partitionMerge = {
  nothing: (name: string): PartitionSettings => ({
    name,
    size: null,
    uuid: null,
    isBootable: null,
    volumeGroup: null,
    labels: new Map(),
    ...noFilesystem,
  }),
  join: (parent: PartitionSettings, child: PartitionSettings): PartitionSettings => ({
    name: child.name,
    size: mergeScalar(parent.size, child.size),
    uuid: mergeScalar(parent.uuid, child.uuid),
    isBootable: mergeScalar(parent.isBootable, child.isBootable),
    volumeGroup: mergeScalar(parent.volumeGroup, child.volumeGroup),
    labels: mergeMap(parent.labels, child.labels),
    ...mergeFilesystem(parent, child),
  }),
};

const deviceMerge = {
  nothing: (name: string): DeviceSettings => ({ name, labels: new Map(), volumeGroup: null, partitions: [] }),
  join: (parent: DeviceSettings, child: DeviceSettings): DeviceSettings => ({
    name: child.name,
    labels: mergeMap(parent.labels, child.labels),
    volumeGroup: mergeScalar(parent.volumeGroup, child.volumeGroup),
    partitions: mergeNamed(parent.partitions, child.partitions, partitionMerge),
  }),
};

const logicalVolumeMerge = {
  nothing: (name: string): LogicalVolumeSettings => ({ name, size: null, uuid: null, ...noFilesystem }),
  join: (parent: LogicalVolumeSettings, child: LogicalVolumeSettings): LogicalVolumeSettings => ({
    name: child.name,
    size: mergeScalar(parent.size, child.size),
    uuid: mergeScalar(parent.uuid, child.uuid),
    ...mergeFilesystem(parent, child),
  }),
};

const volumeGroupMerge = {
  nothing: (name: string): VolumeGroupSettings => ({ name, uuid: null, logicalVolumes: [] }),
  join: (parent: VolumeGroupSettings, child: VolumeGroupSettings): VolumeGroupSettings => ({
    name: child.name,
    uuid: mergeScalar(parent.uuid, child.uuid),
    logicalVolumes: mergeNamed(parent.logicalVolumes, child.logicalVolumes, logicalVolumeMerge),
  }),
};

function mergeFilesystem(parent: FilesystemSettings, child: FilesystemSettings): FilesystemSettings {
  return {
    mountpoint: mergeScalar(parent.mountpoint, child.mountpoint),
    filesystemType: mergeScalar(parent.filesystemType, child.filesystemType),
    mountOptions: mergeScalar(parent.mountOptions, child.mountOptions),
    filesystemUuid: mergeScalar(parent.filesystemUuid, child.filesystemUuid),
    filesystemLabel: mergeScalar(parent.filesystemLabel, child.filesystemLabel),
  };
}
