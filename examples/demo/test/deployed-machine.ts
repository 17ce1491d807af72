import type { MachineState, MaasMachineState } from '@drydock/maas-simulator';

/** r01n03 of `site.yaml` as a correct deployment leaves it, written down by hand. */
export function deployedMachine(change: Partial<MaasMachineState> = {}): MachineState {
  return { name: 'r01n03', power: 'on', bootOverride: 'None', hasInstalledSystem: true, maas: { ...maas, ...change } };
}

type Interface = MaasMachineState['interfaces'][number];
type Link = Interface['links'][number];

const untagged = { fabric: 'data', vid: 0, name: 'mgmt', mtu: 9000 };
const card = { type: 'physical', parents: [], vlan: untagged, mtu: 9000, params: {}, links: [] };

export function staticLink(cidr: string, ipAddress: string, isDefaultGateway = false): Link {
  return { mode: 'static', cidr, ipAddress, isDefaultGateway };
}

export const bond: Interface = {
  name: 'bond0',
  type: 'bond',
  macAddress: '52:54:00:00:02:02',
  parents: ['enp59s0f0', 'enp59s0f1'],
  vlan: untagged,
  mtu: 9000,
  params: {
    bond_mode: '802.3ad',
    bond_xmit_hash_policy: 'layer3+4',
    bond_lacp_rate: 'fast',
    bond_miimon: 100,
    bond_updelay: 200,
    bond_downdelay: 200,
    mtu: 9000,
  },
  links: [staticLink('10.10.0.0/16', '10.10.1.13', true)],
};

export const cards: readonly Interface[] = [
  {
    ...card,
    name: 'enp24s0f0',
    macAddress: '52:54:00:00:02:01',
    vlan: { fabric: 'pxe', vid: 0, name: 'untagged', mtu: 1500 },
    mtu: 1500,
    links: [{ mode: 'auto', cidr: '10.13.0.0/16', ipAddress: '10.13.0.2', isDefaultGateway: false }],
  },
  { ...card, name: 'enp59s0f0', macAddress: '52:54:00:00:02:02' },
  { ...card, name: 'enp59s0f1', macAddress: '52:54:00:00:02:03' },
];

export const storageVlan = vlanInterface({ vid: 102, name: 'storage', mtu: 9000 }, [
  staticLink('10.11.0.0/16', '10.11.1.13'),
]);

export const tenantVlan = vlanInterface({ vid: 103, name: 'tenant', mtu: 1500 }, [
  staticLink('10.12.0.0/16', '10.12.1.13'),
]);

function vlanInterface(vlan: { vid: number; name: string; mtu: number }, links: readonly Link[]): Interface {
  return {
    name: `bond0.${vlan.vid}`,
    type: 'vlan',
    macAddress: '52:54:00:00:02:02',
    parents: ['bond0'],
    vlan: { fabric: 'data', ...vlan },
    mtu: vlan.mtu,
    params: {},
    links,
  };
}

export const bootPartition = {
  sizeBytes: 998_244_352,
  bootable: false,
  filesystem: { fstype: 'ext4', label: 'boot', mountPoint: '/boot', mountOptions: 'defaults' },
  volumeGroup: null,
};

export const rootPartition = {
  sizeBytes: 59_999_518_720,
  bootable: false,
  filesystem: { fstype: 'ext4', label: 'root', mountPoint: '/', mountOptions: null },
  volumeGroup: null,
};

export const systemDisk: MaasMachineState['blockDevices'][number] = {
  name: 'sda',
  type: 'physical',
  sizeBytes: 480_103_981_056,
  isBootDisk: true,
  filesystem: null,
  volumeGroup: null,
  partitions: [bootPartition, rootPartition],
};

export const dataDisk: MaasMachineState['blockDevices'][number] = {
  name: 'sdb',
  type: 'physical',
  sizeBytes: 960_197_124_096,
  isBootDisk: false,
  filesystem: null,
  volumeGroup: 'data',
  partitions: [],
};

export const logs = {
  name: 'logs',
  sizeBytes: 39_997_931_520,
  filesystem: { fstype: 'xfs', label: '', mountPoint: '/var/log', mountOptions: 'defaults,noatime' },
};

export const containers = {
  name: 'containers',
  sizeBytes: 576_111_968_256,
  filesystem: { fstype: 'ext4', label: '', mountPoint: '/var/lib/containers', mountOptions: 'defaults' },
};

export const dataGroup: MaasMachineState['volumeGroups'][number] = {
  name: 'data',
  sizeBytes: 960_189_136_896,
  members: ['sdb'],
  logicalVolumes: [logs, containers],
};

const maas: MaasMachineState = {
  systemId: 'abc123',
  hostname: 'r01n03',
  domain: 'demo.example',
  status: 6,
  statusName: 'Deployed',
  statusMessage: null,
  errorDescription: '',
  owner: 'admin',
  ownerData: { site: 'demo', role: 'compute' },
  tags: ['compute', 'demo', 'r01n03_kp', 'virtual'],
  kernelOptions: 'hugepagesz=1G hugepages=48 quiet console=ttyS1,115200n8 isolcpus=4-31',
  osystem: 'ubuntu',
  distroSeries: 'focal',
  hweKernel: 'ga-20.04',
  userData: null,
  powerType: 'redfish',
  powerAddress: '127.16.1.13',
  interfaces: [...cards, bond, storageVlan, tenantVlan],
  blockDevices: [systemDisk, dataDisk],
  volumeGroups: [dataGroup],
};
