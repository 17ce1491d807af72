import type { Named } from './merge-values.js';

/** What a host profile or node says before inheritance is done; null is "says nothing". */
export interface HostSettings {
  readonly hardwareProfile: string | null;
  readonly primaryNetwork: string | null;
  readonly rack: string | null;
  readonly image: string | null;
  readonly kernel: string | null;
  readonly oobType: string | null;
  readonly oobParameters: ReadonlyMap<string, string>;
  readonly ownerData: ReadonlyMap<string, string>;
  readonly kernelParameters: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
  readonly interfaces: readonly InterfaceSettings[];
  readonly devices: readonly DeviceSettings[];
  readonly volumeGroups: readonly VolumeGroupSettings[];
}

export interface InterfaceSettings extends Named {
  readonly networkLink: string | null;
  readonly slaves: readonly string[];
  readonly networks: readonly string[];
  readonly hasSriov: boolean | null;
  readonly virtualFunctionCount: number | null;
  readonly isTrusted: boolean | null;
}

export interface DeviceSettings extends Named {
  readonly labels: ReadonlyMap<string, string>;
  readonly volumeGroup: string | null;
  readonly partitions: readonly PartitionSettings[];
}

export interface FilesystemSettings {
  readonly mountpoint: string | null;
  readonly filesystemType: string | null;
  readonly mountOptions: string | null;
  readonly filesystemUuid: string | null;
  readonly filesystemLabel: string | null;
}

export interface PartitionSettings extends Named, FilesystemSettings {
  readonly size: string | null;
  readonly uuid: string | null;
  readonly isBootable: boolean | null;
  readonly volumeGroup: string | null;
  readonly labels: ReadonlyMap<string, string>;
}

export interface LogicalVolumeSettings extends Named, FilesystemSettings {
  readonly size: string | null;
  readonly uuid: string | null;
}

export interface VolumeGroupSettings extends Named {
  readonly uuid: string | null;
  readonly logicalVolumes: readonly LogicalVolumeSettings[];
}

export const noFilesystem: FilesystemSettings = {
  mountpoint: null,
  filesystemType: null,
  mountOptions: null,
  filesystemUuid: null,
  filesystemLabel: null,
};

export const nothingNamed: readonly never[] = Object.freeze([]);

const noEntries: ReadonlyMap<string, string> = new Map<string, string>();

/** What a host inherits that has no profile. */
export const noSettings: HostSettings = {
  hardwareProfile: null,
  primaryNetwork: null,
  rack: null,
  image: null,
  kernel: null,
  oobType: null,
  oobParameters: noEntries,
  ownerData: noEntries,
  kernelParameters: noEntries,
  tags: nothingNamed,
  interfaces: nothingNamed,
  devices: nothingNamed,
  volumeGroups: nothingNamed,
};
