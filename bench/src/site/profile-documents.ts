import type { GeneratedDocument } from './generated-document.js';
import { dataDisks } from './hardware-documents.js';
import { linkName } from './rack-documents.js';
import { networkName, type RackLayout, type Role } from './site-layout.js';
import type { YamlValue } from './write-yaml.js';

type Body = Readonly<Record<string, YamlValue>>;

const rootPartitions: readonly YamlValue[] = [
  {
    name: 'root',
    size: '40g',
    bootable: true,
    filesystem: { mountpoint: '/', fstype: 'ext4', mount_options: 'defaults' },
  },
  { name: 'boot', size: '1g', filesystem: { mountpoint: '/boot', fstype: 'ext4', mount_options: 'defaults' } },
  { name: 'log', size: '100g', filesystem: { mountpoint: '/var/log', fstype: 'ext4', mount_options: 'noatime' } },
  { name: 'var', size: '>100g', filesystem: { mountpoint: '/var', fstype: 'ext4', mount_options: 'defaults' } },
];

/** What each role adds to what all machines have. */
const roleBodies = {
  control: {
    metadata: {
      tags: ['control-plane', 'masters'],
      owner_data: { 'control-plane': 'enabled', 'ucp-control-plane': 'enabled' },
    },
  },
  compute: {
    platform: {
      kernel_params: {
        isolcpus: 'hardwareprofile:cpuset.guests',
        hugepagesz: 'hardwareprofile:hugepages.guests.size',
        hugepages: 'hardwareprofile:hugepages.guests.count',
        default_hugepagesz: '1G',
        transparent_hugepage: 'never',
      },
    },
    storage: {
      physical_devices: { disk1: { volume_group: 'instances' } },
      volume_groups: {
        instances: {
          logical_volumes: [
            { name: 'images', size: '20%', filesystem: { mountpoint: '/var/lib/images', fstype: 'xfs' } },
            { name: 'instances', size: '75%', filesystem: { mountpoint: '/var/lib/instances', fstype: 'xfs' } },
          ],
        },
      },
    },
    metadata: {
      tags: ['workers', 'compute'],
      owner_data: { 'openstack-nova-compute': 'enabled', openvswitch: 'enabled' },
    },
  },
  storage: {
    storage: {
      physical_devices: Object.fromEntries(
        Array.from({ length: dataDisks }, (_, index) => [
          `disk${index + 1}`,
          {
            partitions: [
              {
                name: `data${index + 1}`,
                size: '99%',
                filesystem: { mountpoint: `/srv/data${index + 1}`, fstype: 'xfs' },
              },
            ],
          },
        ]),
      ),
    },
    metadata: { tags: ['workers', 'object-storage'], owner_data: { 'ceph-osd': 'enabled' } },
  },
} as const satisfies Record<Role, Body>;

/** What all machines have, then what each role has. */
export const siteProfileDocuments: readonly GeneratedDocument[] = [
  {
    kind: 'HostProfile',
    name: 'defaults',
    body: {
      oob: { type: 'ipmi', account: 'operator', credential: 'generated' },
      storage: { physical_devices: { disk0: { labels: { bootdrive: 'enabled' }, partitions: rootPartitions } } },
      platform: {
        image: 'focal',
        kernel: 'ga-20.04',
        kernel_params: {
          console: 'ttyS1,115200n8',
          intel_iommu: 'on',
          iommu: 'pt',
          amd_iommu: 'on',
          cgroup_disable: 'hugetlb',
        },
      },
      metadata: { owner_data: { site: 'generated', 'kubernetes-node': 'enabled' } },
    },
  },
  ...Object.entries(roleBodies).map(([role, body]) => ({
    kind: 'HostProfile',
    name: role,
    body: { host_profile: 'defaults', hardware_profile: `${role}-2u`, ...body },
  })),
];

/** A role in a rack: where its interfaces go. */
export function rackProfileDocument(rack: RackLayout, role: Role): GeneratedDocument {
  return {
    kind: 'HostProfile',
    name: rackProfileName(rack, role),
    body: {
      host_profile: role,
      primary_network: networkName(rack, 'mgmt'),
      oob: { network: networkName(rack, 'oob') },
      interfaces: {
        pxe: { device_link: linkName(rack, 'pxe'), slaves: ['pxe_nic'], networks: [networkName(rack, 'pxe')] },
        bond0: {
          device_link: linkName(rack, 'data'),
          slaves: ['data_nic1', 'data_nic2'],
          networks: [networkName(rack, 'mgmt'), networkName(rack, 'storage'), networkName(rack, 'overlay')],
          ...(role === 'compute' ? { sriov: { vf_count: 8, trustedmode: true } } : {}),
        },
      },
      metadata: { rack: rack.name },
    },
  };
}

export function rackProfileName(rack: RackLayout, role: Role): string {
  return `${role}-${rack.name}`;
}
