import type { Hardware } from '../world/hardware.js';
import type { BlockDevice, Filesystem, Machine, NetworkInterface } from '../world/machine.js';
import { statusNames } from '../world/machine-status.js';
import { groupBytes, logicalVolumesOf, membersOf } from '../storage/storage-math.js';
import { tagNamesOf } from '../views/machine-view.js';
import type { World } from '../world/world.js';

export interface FilesystemState {
  readonly fstype: string;
  readonly label: string;
  readonly mountPoint: string | null;
  readonly mountOptions: string | null;
}

export interface LinkState {
  readonly mode: string;
  readonly cidr: string | null;
  readonly ipAddress: string | null;
  readonly isDefaultGateway: boolean;
}

export interface InterfaceState {
  readonly name: string;
  readonly type: string;
  readonly macAddress: string;
  readonly parents: readonly string[];
  readonly vlan: { readonly fabric: string; readonly vid: number; readonly name: string; readonly mtu: number } | null;
  /** Own MTU, else that of the VLAN. */
  readonly mtu: number;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly links: readonly LinkState[];
}

export interface BlockDeviceState {
  readonly name: string;
  readonly type: 'physical' | 'virtual';
  readonly sizeBytes: number;
  readonly isBootDisk: boolean;
  readonly filesystem: FilesystemState | null;
  readonly volumeGroup: string | null;
  readonly partitions: readonly {
    readonly sizeBytes: number;
    readonly bootable: boolean;
    readonly filesystem: FilesystemState | null;
    readonly volumeGroup: string | null;
  }[];
}

export interface VolumeGroupState {
  readonly name: string;
  readonly sizeBytes: number;
  /** Names of whole devices; partitions as `<disk>-part`. */
  readonly members: readonly string[];
  readonly logicalVolumes: readonly {
    readonly name: string;
    readonly sizeBytes: number;
    readonly filesystem: FilesystemState | null;
  }[];
}

/** What MAAS knows of a machine of the fleet, for looking at the end of a run. */
export interface MaasMachineState {
  readonly systemId: string;
  readonly hostname: string;
  readonly domain: string;
  readonly status: number;
  readonly statusName: string;
  readonly statusMessage: string | null;
  readonly errorDescription: string;
  readonly owner: string;
  readonly ownerData: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** Kernel options of all tags, joined in the order of their names. */
  readonly kernelOptions: string;
  readonly osystem: string;
  readonly distroSeries: string;
  readonly hweKernel: string | null;
  /** Base64, as it was given. */
  readonly userData: string | null;
  readonly powerType: string;
  readonly powerAddress: string | null;
  readonly interfaces: readonly InterfaceState[];
  readonly blockDevices: readonly BlockDeviceState[];
  readonly volumeGroups: readonly VolumeGroupState[];
}

export interface MachineState {
  /** The fleet's name. */
  readonly name: string;
  readonly power: 'on' | 'off';
  readonly bootOverride: string;
  readonly hasInstalledSystem: boolean;
  /** Null while MAAS does not know the machine. */
  readonly maas: MaasMachineState | null;
}

/** The whole truth about one machine. */
export function machineState(world: World, hardware: Hardware): MachineState {
  const machine = hardware.systemId === null ? undefined : world.machines.get(hardware.systemId);
  return {
    name: hardware.spec.name,
    power: hardware.isPoweredOn ? 'on' : 'off',
    bootOverride: hardware.bootOverride,
    hasInstalledSystem: hardware.hasInstalledSystem,
    maas: machine === undefined ? null : maasState(world, machine),
  };
}

function maasState(world: World, machine: Machine): MaasMachineState {
  const tags = tagNamesOf(world, machine);
  const kernelOptions = tags.map((name) => world.site.tags.get(name)?.kernelOpts ?? '').filter((text) => text !== '');
  return {
    systemId: machine.systemId,
    hostname: machine.hostname,
    domain: world.site.domains.get(machine.domainId)?.name ?? '',
    status: machine.status,
    statusName: statusNames[machine.status],
    statusMessage: machine.statusMessage,
    errorDescription: machine.errorDescription,
    owner: machine.owner,
    ownerData: machine.ownerData,
    tags,
    kernelOptions: kernelOptions.join(' '),
    osystem: machine.osystem,
    distroSeries: machine.distroSeries,
    hweKernel: machine.hweKernel,
    userData: machine.userData,
    powerType: machine.powerType,
    powerAddress: machine.powerParameters['power_address'] ?? null,
    interfaces: machine.interfaces.map((nic) => interfaceState(world, machine, nic)),
    blockDevices: machine.blockDevices.map((device) => deviceState(machine, device)),
    volumeGroups: volumeGroupStates(machine),
  };
}

function interfaceState(world: World, machine: Machine, nic: NetworkInterface): InterfaceState {
  const vlan = nic.vlanId === null ? undefined : world.site.vlans.get(nic.vlanId);
  const fabric = vlan === undefined ? '' : (world.site.fabrics.get(vlan.fabricId)?.name ?? '');
  return {
    name: nic.name,
    type: nic.type,
    macAddress: nic.macAddress,
    parents: machine.interfaces.filter((other) => nic.parentIds.includes(other.id)).map((other) => other.name),
    vlan: vlan === undefined ? null : { fabric, vid: vlan.vid, name: vlan.name, mtu: vlan.mtu },
    mtu: Number(nic.params['mtu'] ?? vlan?.mtu ?? 1500),
    params: nic.params,
    links: nic.links.map((link) => ({
      mode: link.mode,
      cidr: link.subnetId === null ? null : (world.site.subnets.get(link.subnetId)?.cidr ?? null),
      ipAddress: link.ipAddress,
      isDefaultGateway: link.id === machine.gatewayLinkId,
    })),
  };
}

function deviceState(machine: Machine, device: BlockDevice): BlockDeviceState {
  return {
    name: device.name,
    type: device.type,
    sizeBytes: device.sizeBytes,
    isBootDisk: device.id === machine.bootDiskId,
    filesystem: filesystemState(device.filesystem),
    volumeGroup: groupName(machine, device.volumeGroupId),
    partitions: device.partitions.map((partition) => ({
      sizeBytes: partition.sizeBytes,
      bootable: partition.bootable,
      filesystem: filesystemState(partition.filesystem),
      volumeGroup: groupName(machine, partition.volumeGroupId),
    })),
  };
}

function volumeGroupStates(machine: Machine): VolumeGroupState[] {
  return machine.volumeGroups.map((group) => {
    const { devices, partitions } = membersOf(machine, group);
    const disks = machine.blockDevices.filter((device) => device.partitions.some((item) => partitions.includes(item)));
    return {
      name: group.name,
      sizeBytes: groupBytes(machine, group),
      members: [...devices.map((device) => device.name), ...disks.map((disk) => `${disk.name}-part`)],
      logicalVolumes: logicalVolumesOf(machine, group).map((volume) => ({
        name: volume.name.slice(group.name.length + 1),
        sizeBytes: volume.sizeBytes,
        filesystem: filesystemState(volume.filesystem),
      })),
    };
  });
}

function groupName(machine: Machine, groupId: number | null): string | null {
  return machine.volumeGroups.find((group) => group.id === groupId)?.name ?? null;
}

function filesystemState(filesystem: Filesystem | null): FilesystemState | null {
  if (filesystem === null) return null;
  const { fstype, label, mountPoint, mountOptions } = filesystem;
  return { fstype, label, mountPoint, mountOptions };
}
