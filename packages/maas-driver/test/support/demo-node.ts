import type {
  CreateNetworkTemplateInput,
  DeployNodeInput,
  Network,
  NetworkingInput,
  NodeInput,
  PlatformInput,
  StorageDevice,
  StorageInput,
  VolumeGroup,
} from '@drydock/model';
import { network, networkLink } from '@drydock/testkit';

/** Like the others here as the demo's site has them: bond with two tagged VLANs, PXE NIC left alone, one volume group. */
const demoNetwork = (name: string, given: Partial<Network>): Network =>
  network(name, { dnsDomain: 'demo.test', ...given });

export const pxeNetwork = demoNetwork('pxe', {
  cidr: '172.24.1.0/24',
  ranges: [
    { type: 'dhcp', start: '172.24.1.200', end: '172.24.1.250' },
    { type: 'reserved', start: '172.24.1.1', end: '172.24.1.10' },
  ],
});
export const managementNetwork = demoNetwork('mgmt', {
  cidr: '172.16.1.0/24',
  vlanId: 101,
  defaultGateway: '172.16.1.1',
  dnsServers: ['172.16.1.9'],
  routes: [
    { subnet: '0.0.0.0/0', gateway: '172.16.1.1', metric: 10, routeDomain: null },
    { subnet: '172.16.2.0/24', gateway: '172.16.1.1', metric: 50, routeDomain: null },
  ],
  ranges: [{ type: 'static', start: '172.16.1.20', end: '172.16.1.90' }],
});
export const storageNetwork = demoNetwork('storage', { cidr: '172.16.2.0/24', vlanId: 102, mtu: 9000 });

export const pxeLink = networkLink('pxe', { nativeNetwork: 'pxe', allowedNetworks: ['pxe'] });
export const bondLink = networkLink('gp', {
  mtu: 9000,
  trunking: '802.1q',
  allowedNetworks: ['mgmt', 'storage'],
  bonding: {
    mode: '802.3ad',
    hash: 'layer3+4',
    peerRate: 'slow',
    monitorRateMilliseconds: 100,
    upDelayMilliseconds: 200,
    downDelayMilliseconds: 200,
  },
});

export const siteNetworks: CreateNetworkTemplateInput = {
  links: [pxeLink, bondLink],
  networks: [pxeNetwork, managementNetwork, storageNetwork],
};

export function nodeInput(index: number): NodeInput {
  const name = nodeName(index);
  return {
    node: { name, domain: 'demo.test', oobType: 'redfish', bmcAddress: bmcAddress(index), bootMac: null },
    oob: null,
  };
}

export function nodeName(index: number): string {
  return `n${String(index).padStart(2, '0')}`;
}

export function bmcAddress(index: number): string {
  return `127.16.77.${10 + index}`;
}

export function networkingInput(index: number): NetworkingInput {
  const address = (subnet: number) => ({ type: 'static' as const, address: `172.16.${subnet}.${20 + index}` });
  return {
    ...nodeInput(index),
    interfaces: [
      {
        name: 'bond0',
        link: bondLink,
        slaves: ['eno2', 'eno3'],
        networks: [
          { network: managementNetwork, isNative: false, isPrimary: true, addressing: address(1) },
          { network: storageNetwork, isNative: false, isPrimary: false, addressing: address(2) },
        ],
      },
    ],
  };
}

/** The same with the PXE NIC configured for DHCP. */
export function networkingWithDhcp(index: number): NetworkingInput {
  const input = networkingInput(index);
  const pxe = {
    name: 'pxe',
    link: pxeLink,
    slaves: ['eno1'],
    networks: [{ network: pxeNetwork, isNative: true, isPrimary: false, addressing: { type: 'dhcp' as const } }],
  };
  return { ...input, interfaces: [pxe, ...input.interfaces] };
}

const plain = { mountOptions: 'defaults', uuid: null, label: null };

export const demoDisks: readonly StorageDevice[] = [
  {
    name: 'sda',
    labels: { bootdrive: 'true' },
    volumeGroup: null,
    partitions: [
      {
        name: 'root',
        size: '20g',
        uuid: null,
        isBootable: false,
        volumeGroup: null,
        filesystem: { mountpoint: '/', type: 'ext4', ...plain },
        labels: {},
      },
      {
        name: 'boot',
        size: '1g',
        uuid: null,
        isBootable: true,
        volumeGroup: null,
        filesystem: { mountpoint: '/boot', type: 'ext4', ...plain },
        labels: {},
      },
    ],
  },
  { name: 'sdb', labels: {}, volumeGroup: 'data', partitions: [] },
];

export const demoGroups: readonly VolumeGroup[] = [
  {
    name: 'data',
    uuid: null,
    logicalVolumes: [
      { name: 'log', uuid: null, size: '10g', filesystem: { mountpoint: '/var/log', type: 'ext4', ...plain } },
      { name: 'var', uuid: null, size: '>50%', filesystem: { mountpoint: '/var/lib', type: 'xfs', ...plain } },
    ],
  },
];

export function storageInput(index: number): StorageInput {
  return { ...nodeInput(index), devices: demoDisks, volumeGroups: demoGroups };
}

export function platformInput(index: number): PlatformInput {
  return { ...nodeInput(index), kernelParameters: 'hugepagesz=1G hugepages=4 quiet', tags: ['masters', 'rack1'] };
}

export function deployInput(index: number): DeployNodeInput {
  return {
    ...nodeInput(index),
    image: 'jammy',
    kernel: 'ga-22.04',
    ownerData: { role: 'worker', zone: 'a' },
    bootActionKey: null,
    packages: {},
  };
}
