import type { ScriptSet } from './script-set.js';
import type { StatusCode } from './machine-status.js';

export type LinkMode = 'auto' | 'static' | 'dhcp' | 'link_up';

/** An address (or the lack of one) on an interface. */
export interface Link {
  readonly id: number;
  mode: LinkMode;
  subnetId: number | null;
  ipAddress: string | null;
}

export type InterfaceType = 'physical' | 'bond' | 'vlan';

export interface NetworkInterface {
  readonly id: number;
  name: string;
  readonly type: InterfaceType;
  macAddress: string;
  vlanId: number | null;
  parentIds: number[];
  tags: string[];
  links: Link[];
  params: Record<string, string | number | boolean>;
  speedMbps: number;
  /** `pci@…` of a physical card, else empty. */
  readonly busInfo: string;
}

export interface Filesystem {
  fstype: string;
  label: string;
  uuid: string;
  mountPoint: string | null;
  mountOptions: string | null;
}

export interface Partition {
  readonly id: number;
  uuid: string;
  sizeBytes: number;
  bootable: boolean;
  filesystem: Filesystem | null;
  volumeGroupId: number | null;
  tags: string[];
}

export interface BlockDevice {
  readonly id: number;
  name: string;
  readonly type: 'physical' | 'virtual';
  model: string;
  serial: string;
  idPath: string | null;
  sizeBytes: number;
  blockSizeBytes: number;
  tags: string[];
  uuid: string | null;
  partitions: Partition[];
  filesystem: Filesystem | null;
  /** The group that uses the whole device as a member. */
  volumeGroupId: number | null;
  /** The group whose logical volume this is. */
  readonly ofVolumeGroupId: number | null;
  readonly busInfo: string;
}

export interface VolumeGroup {
  readonly id: number;
  name: string;
  uuid: string;
}

/** A machine as MAAS knows it. */
export interface Machine {
  readonly id: number;
  readonly systemId: string;
  /** The fleet's name of the hardware behind it; null for a machine that was only registered. */
  readonly hardwareName: string | null;
  hostname: string;
  domainId: number;
  description: string;
  hardwareUuid: string | null;
  owner: string;
  ownerData: Record<string, string>;
  agentName: string;
  locked: boolean;
  architecture: string;
  minHweKernel: string;
  hweKernel: string | null;
  cpuCount: number;
  memoryMib: number;
  swapSize: number | null;
  status: StatusCode;
  /** Where an undone or ended operation goes back to. */
  previousStatus: StatusCode;
  osystem: string;
  distroSeries: string;
  userData: string | null;
  ephemeralDeploy: boolean;
  netboot: boolean;
  errorDescription: string;
  statusAction: string;
  statusMessage: string | null;
  powerType: string;
  powerParameters: Record<string, string>;
  powerState: 'on' | 'off' | 'unknown' | 'error';
  biosBootMethod: 'pxe' | 'uefi' | null;
  wasCommissioned: boolean;
  interfaces: NetworkInterface[];
  bootInterfaceId: number | null;
  blockDevices: BlockDevice[];
  volumeGroups: VolumeGroup[];
  specialFilesystems: Filesystem[];
  bootDiskId: number | null;
  gatewayLinkId: number | null;
  scriptSets: ScriptSet[];
  zone: string;
  pool: string;
  /** Options of the last commission request that the timeline needs. */
  commissioning: { keepPower: boolean; skipStorage: boolean; skipNetworking: boolean; isTesting: boolean };
  /** Grows with every change; views are cached by it. */
  revision: number;
}
