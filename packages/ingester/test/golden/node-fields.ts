import type { CompiledNode } from '@drydock/model';
import { hardwareProfile, leastNode, type NeutralDocument } from './site-documents.js';

/** A node and what it refers to; all of the node that is not as in the least one. */
export interface NodeCase {
  readonly name: string;
  readonly node: object;
  readonly others?: readonly NeutralDocument[];
  readonly expected: Partial<CompiledNode>;
}

const device = { name: 'sda', labels: {}, volumeGroup: null, partitions: [] };
const partition = {
  name: 'p',
  size: null,
  uuid: null,
  isBootable: false,
  volumeGroup: null,
  filesystem: null,
  labels: {},
};
const filesystem = { mountpoint: null, type: 'ext4', mountOptions: 'defaults', uuid: null, label: null };
const uuid = '11111111-2222-4333-8444-555555555555';

const partitionCase = (name: string, written: object, expected: object): NodeCase => ({
  name,
  node: { storage: { physical_devices: { sda: { partitions: [{ name: 'p', ...written }] } } } },
  expected: {
    storage: { devices: [{ ...device, partitions: [{ ...partition, ...expected }] }], volumeGroups: [] },
  },
});

const oobCase = (name: string, oob: object, expected: object): NodeCase => ({
  name,
  node: {
    oob: { type: 'redfish', network: 'oob', account: 'me', credential: 'pw', ...oob },
    addressing: [{ network: 'oob', address: '10.9.0.5' }],
  },
  expected: {
    addressing: [{ network: 'oob', type: 'static', address: '10.9.0.5' }],
    oob: {
      type: 'redfish',
      network: 'oob',
      account: 'me',
      credential: 'pw',
      address: '10.9.0.5',
      port: null,
      scheme: null,
      parameters: {},
      ...expected,
    },
  },
});

const interfaceCase = (name: string, written: object, expected: object): NodeCase => ({
  name,
  node: { interfaces: { b0: written } },
  expected: { interfaces: [{ name: 'b0', networkLink: null, slaves: [], networks: [], sriov: null, ...expected }] },
});

export const identityCases: readonly NodeCase[] = [
  { name: 'the least node', node: {}, expected: {} },
  {
    name: 'platform and metadata',
    node: {
      platform: { image: 'focal', kernel: 'hwe', kernel_params: { quiet: true, b: false, n: 5, f: 1.5, s: 'x=y' } },
      metadata: { tags: ['a', 'b', 'a'], owner_data: { k: 'v' }, rack: 'r1', boot_mac: '52:54:00:00:00:01' },
    },
    others: [{ kind: 'Rack', name: 'r1', body: { labels: { row: 'x' } } }],
    expected: {
      image: 'focal',
      kernel: 'hwe',
      kernelParameters: [
        ['quiet', 'True'],
        ['b', 'False'],
        ['n', '5'],
        ['f', '1.5'],
        ['s', 'x=y'],
      ],
      tags: ['a', 'b', 'a'],
      ownerData: { k: 'v' },
      rack: 'r1',
      rackLabels: { row: 'x' },
      bootMac: '52:54:00:00:00:01',
    },
  },
  {
    name: 'a rack that is not in the design has no labels',
    node: { metadata: { rack: 'r9' } },
    expected: { rack: 'r9' },
  },
  {
    name: 'the domain is that of the primary network',
    node: { primary_network: 'net' },
    others: [{ kind: 'Network', name: 'net', body: { cidr: '10.0.0.0/24', dns: { domain: 'north.example.test' } } }],
    expected: { primaryNetwork: 'net', domain: 'north.example.test' },
  },
  {
    name: 'a primary network without a domain is local',
    node: { primary_network: 'net' },
    others: [{ kind: 'Network', name: 'net', body: { cidr: '10.0.0.0/24' } }],
    expected: { primaryNetwork: 'net', domain: 'local' },
  },
  { name: 'an unknown primary network is local', node: { primary_network: 'x' }, expected: { primaryNetwork: 'x' } },
  {
    name: 'addresses in order; DHCP is the word, in small letters',
    node: {
      addressing: [
        { network: 'a', address: 'dhcp' },
        { network: 'b', address: '10.0.0.1' },
        { network: 'c', address: 'DHCP' },
      ],
    },
    expected: {
      addressing: [
        { network: 'a', type: 'dhcp', address: null },
        { network: 'b', type: 'static', address: '10.0.0.1' },
        { network: 'c', type: 'static', address: 'DHCP' },
      ],
    },
  },
  {
    name: 'removal markers without anything to remove never stay',
    node: {
      primary_network: '!',
      platform: { image: '!', kernel: '!', kernel_params: { '!quiet': '' } },
      metadata: { tags: ['!a'], owner_data: { '!k': '' }, rack: '!' },
      interfaces: { '!b0': {} },
      storage: { physical_devices: { '!sda': {} }, volume_groups: { '!v': {} } },
    },
    expected: {},
  },
];

export const oobCases: readonly NodeCase[] = [
  oobCase(
    'every field of the stanza; what has none is a parameter',
    { port: 8443, scheme: 'http', libvirt_uri: 'u', x: true },
    {
      port: 8443,
      scheme: 'http',
      parameters: { libvirt_uri: 'u', x: 'True' },
    },
  ),
  oobCase('an address on another network is not of the BMC', { network: 'other' }, { network: 'other', address: null }),
  {
    name: 'the first address on the network counts, and DHCP is none',
    node: {
      oob: { type: 'ipmi', network: 'oob' },
      addressing: [
        { network: 'oob', address: 'dhcp' },
        { network: 'oob', address: '10.9.0.6' },
        { network: 'oob', address: '10.9.0.7' },
      ],
    },
    expected: {
      addressing: [
        { network: 'oob', type: 'dhcp', address: null },
        { network: 'oob', type: 'static', address: '10.9.0.6' },
        { network: 'oob', type: 'static', address: '10.9.0.7' },
      ],
      oob: {
        type: 'ipmi',
        network: 'oob',
        account: null,
        credential: null,
        address: '10.9.0.6',
        port: null,
        scheme: null,
        parameters: {},
      },
    },
  },
  { name: 'without a type there is none', node: { oob: { network: 'oob', account: 'me' } }, expected: { oob: null } },
];

export const interfaceCases: readonly NodeCase[] = [
  interfaceCase('an interface that says nothing', {}, {}),
  interfaceCase(
    'every field of an interface',
    {
      device_link: 'l',
      slaves: ['s1', 's2'],
      networks: ['a', 'b'],
      sriov: { vf_count: 8, trustedmode: true },
      labels: {},
    },
    {
      networkLink: 'l',
      slaves: ['s1', 's2'],
      networks: ['a', 'b'],
      sriov: { virtualFunctionCount: 8, isTrusted: true },
    },
  ),
  interfaceCase('SR-IOV without a word more', { sriov: {} }, { sriov: { virtualFunctionCount: 0, isTrusted: false } }),
  interfaceCase(
    'SR-IOV with the name that the schema has for trust',
    { sriov: { vf_count: 2, trustmode: true } },
    { sriov: { virtualFunctionCount: 2, isTrusted: true } },
  ),
];

export const storageCases: readonly NodeCase[] = [
  partitionCase('a partition that says nothing has no filesystem', {}, {}),
  partitionCase(
    'every field of a partition',
    {
      size: '20g',
      part_uuid: uuid,
      bootable: true,
      labels: { a: 'b' },
      filesystem: { mountpoint: '/x', fstype: 'xfs', mount_options: 'noatime', fs_uuid: uuid, fs_label: 'X' },
    },
    {
      size: '20g',
      uuid,
      isBootable: true,
      labels: { a: 'b' },
      filesystem: { mountpoint: '/x', type: 'xfs', mountOptions: 'noatime', uuid, label: 'X' },
    },
  ),
  partitionCase('a filesystem has defaults', { filesystem: {} }, { filesystem }),
  partitionCase(
    'a partition of a volume group has no filesystem of its own',
    { volume_group: 'v', filesystem: { mountpoint: '/x' } },
    { volumeGroup: 'v' },
  ),
  {
    name: 'a device of a volume group has no partitions of its own',
    node: {
      storage: { physical_devices: { sda: { labels: { a: 'b' }, volume_group: 'v', partitions: [{ name: 'p' }] } } },
    },
    expected: { storage: { devices: [{ ...device, labels: { a: 'b' }, volumeGroup: 'v' }], volumeGroups: [] } },
  },
  {
    name: 'every field of a volume group and a logical volume',
    node: {
      storage: {
        volume_groups: {
          v: {
            vg_uuid: 'VG',
            logical_volumes: [
              { name: 'a', lv_uuid: uuid, size: '50%', filesystem: { mountpoint: '/a', fstype: 'xfs', fs_label: 'A' } },
              { name: 'b' },
            ],
          },
          empty: {},
        },
      },
    },
    expected: {
      storage: {
        devices: [],
        volumeGroups: [
          {
            name: 'v',
            uuid: 'VG',
            logicalVolumes: [
              {
                name: 'a',
                uuid,
                size: '50%',
                filesystem: { ...filesystem, mountpoint: '/a', type: 'xfs', label: 'A' },
              },
              { name: 'b', uuid: null, size: null, filesystem: null },
            ],
          },
          { name: 'empty', uuid: null, logicalVolumes: [] },
        ],
      },
    },
  },
];

const profileOf = (body: object): readonly NeutralDocument[] => [{ ...hardwareProfile, name: 'rich', body }];
const rich = { ...leastNode, hardware_profile: 'rich' };

const kernelCase = (name: string, written: string, value: string): NodeCase => ({
  name,
  node: { ...rich, platform: { kernel_params: { x: written } } },
  others: profileOf({
    cpu_sets: { guests: '2,4', 'a.b': '6' },
    hugepages: { large: { size: '1G', count: 300 }, 'a.b': { size: '2M', count: 0 } },
  }),
  expected: { hardwareProfile: 'rich', kernelParameters: [['x', value]] },
});

export const hardwareCases: readonly NodeCase[] = [
  {
    name: 'device aliases in the order of the hardware profile',
    node: rich,
    others: profileOf({
      vendor: 'Example',
      generation: '10',
      hw_version: '3',
      bios_version: '2.2',
      boot_mode: 'uefi',
      bootstrap_protocol: 'pxe',
      pxe_interface: 0,
      device_aliases: {
        nic2: { address: 'regexp:0000:00:0[45]', bus_type: 'pci' },
        nic1: { address: '0000:00:03.0', bus_type: 'pci', dev_type: 'NIC' },
      },
    }),
    expected: {
      hardwareProfile: 'rich',
      deviceAliases: [
        { alias: 'nic2', busType: 'pci', deviceType: null, address: 'regexp:0000:00:0[45]' },
        { alias: 'nic1', busType: 'pci', deviceType: 'NIC', address: '0000:00:03.0' },
      ],
    },
  },
  kernelCase('a CPU set', 'hardwareprofile:cpuset.guests', '2,4'),
  kernelCase('a CPU set with a dot in its name', 'hardwareprofile:cpuset.a.b', '6'),
  kernelCase('the size of huge pages', 'hardwareprofile:hugepages.large.size', '1G'),
  kernelCase('the count of huge pages', 'hardwareprofile:hugepages.large.count', '300'),
  kernelCase('a count of 0, of huge pages with a dot in their name', 'hardwareprofile:hugepages.a.b.count', '0'),
  kernelCase('the prefix alone stands for itself', 'hardwareprofile:', 'hardwareprofile:'),
  kernelCase(
    'a value that only holds the prefix is none',
    'a,hardwareprofile:cpuset.guests',
    'a,hardwareprofile:cpuset.guests',
  ),
];
