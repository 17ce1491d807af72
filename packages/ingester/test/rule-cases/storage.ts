import { bootStorage } from '../../src/validate/rules/boot-storage.js';
import { storageMountpoint } from '../../src/validate/rules/storage-mountpoint.js';
import { storagePartitioning } from '../../src/validate/rules/storage-partitioning.js';
import { storageSizing } from '../../src/validate/rules/storage-sizing.js';
import type { RuleCases } from './rule-case.js';
import { node, profile } from './site-text.js';

/** A node with one disk of these partitions. */
function disk(...partitions: readonly string[]): string {
  return node(
    'n1',
    `
    storage: # @storage
      physical_devices:
        sda: # @sda
          partitions:
            ${partitions.map((partition) => `- { ${partition} }`).join('\n            ')}`,
  );
}

/** A node with one disk in one volume group of these volumes. */
function group(...volumes: readonly string[]): string {
  return node(
    'n1',
    `
    storage:
      physical_devices: { sda: { volume_group: v } }
      volume_groups:
        v: # @v
          logical_volumes:
            ${volumes.map((volume) => `- { ${volume} }`).join('\n            ')}`,
  );
}

/** A node whose storage is these lines. */
const storage = (name: string, lines: string): string => node(name, `storage: # @storage-${name}\n${lines}`);

const about = (says: string): string => `error @sda [BaremetalNode n1] ${says}`;
const noRoot = 'error @storage [BaremetalNode n1] node n1 has no root partition of a known size';
const noContext = 'a size with % or > needs a device or volume group to be taken from';
const noSize = (text: string): string =>
  `"${text}" is no size; write a whole number and a unit, for instance 20g, 500MiB, >10g or 30%`;

export const bootStorageCases: RuleCases = {
  rule: bootStorage,
  code: 'DD1001',
  title: 'Rational Boot Storage',
  cases: [
    ...['20g', '20GB', '20000m', '1t', '19GiB'].map((size) => ({
      name: `accepts a root of ${size}`,
      site: [disk(`name: root, size: ${size}`)],
      says: [],
    })),
    ...['19g', '18GiB'].map((size) => ({
      name: `finds a root of ${size}`,
      site: [disk(`name: root, size: ${size}`)],
      says: [about(`node n1: partition root of ${size} is smaller than 20 GB`)],
    })),
    ...['40%', '>20g'].map((size) => ({
      name: `finds a root of ${size}`,
      site: [disk(`name: root, size: '${size}'`)],
      says: [about(`node n1: the size of partition root is unusable: ${noContext}`), noRoot],
    })),
    ...['20', '20x', '20Gb', '20gg', ' 20g', ''].map((size) => ({
      name: `finds a root of "${size}"`,
      site: [disk(`name: root, size: '${size}'`)],
      says: [about(`node n1: the size of partition root is unusable: ${noSize(size)}`), noRoot],
    })),
    {
      name: 'finds a root without a size',
      site: [disk('name: root')],
      says: [about(`node n1: the size of partition root is unusable: ${noSize('')}`), noRoot],
    },
    { name: 'finds a node without a root', site: [disk('name: system, size: 40g')], says: [noRoot] },
    {
      name: 'finds a node without storage',
      site: [node('n1', 'platform: {}')],
      says: [noRoot.replace('@storage', '@data')],
    },
    {
      name: 'accepts a boot of 1 GB',
      site: [disk('name: root, size: 20g', 'name: boot, size: 1g')],
      says: [],
    },
    {
      name: 'finds a boot of less than 1 GB',
      site: [disk('name: root, size: 20g', 'name: boot, size: 500m')],
      says: [about('node n1: partition boot of 500m is smaller than 1 GB')],
    },
    {
      name: 'finds a boot in percent',
      site: [disk('name: root, size: 20g', 'name: boot, size: 5%')],
      says: [about(`node n1: the size of partition boot is unusable: ${noContext}`)],
    },
    {
      name: 'accepts any boot before the root',
      site: [disk('name: boot, size: 5m', 'name: root, size: 20g')],
      says: [],
    },
    {
      name: 'finds a second root that is no size, and keeps the first',
      site: [
        storage(
          'n1',
          '  physical_devices:\n    sdz: { partitions: [{ name: root, size: 20g }] }\n' +
            '    sda: { partitions: [{ name: root, size: x }] } # @sda',
        ),
      ],
      says: [about(`node n1: the size of partition root is unusable: ${noSize('x')}`)],
    },
    {
      name: 'finds inherited storage at the node',
      site: [
        profile('p', 'storage: { physical_devices: { sda: { partitions: [{ name: root, size: 1g }] } } }'),
        node('n1', 'host_profile: p'),
      ],
      says: ['error @data [BaremetalNode n1] node n1: partition root of 1g is smaller than 20 GB'],
    },
  ],
};

export const storagePartitioningCases: RuleCases = {
  rule: storagePartitioning,
  code: 'DD2002',
  title: 'Storage Partitioning',
  cases: [
    { name: 'accepts a partitioned disk', site: [disk('name: a, size: 1g')], says: [] },
    { name: 'accepts a disk in a volume group', site: [group('name: a, size: 1g')], says: [] },
    {
      name: 'accepts a partition in a volume group',
      site: [
        storage(
          'n1',
          '  physical_devices: { sda: { partitions: [{ name: a, size: 1g, volume_group: v }] } }\n  volume_groups: { v: {} }',
        ),
      ],
      says: [],
    },
    {
      name: 'finds a disk that is neither',
      site: [storage('n1', '  physical_devices:\n    sda: {} # @sda')],
      says: [about('node n1: device sda has neither partitions nor a volume group')],
    },
    {
      name: 'finds a disk that is partitioned by its profile and in a volume group by itself',
      site: [
        profile('p', 'storage: { physical_devices: { sda: { partitions: [{ name: a, size: 1g }] } } }'),
        node(
          'n1',
          'host_profile: p\nstorage:\n  physical_devices:\n    sda: { volume_group: v } # @sda\n  volume_groups: { v: {} }',
        ),
      ],
      says: [about('node n1: device sda has both partitions and a volume group')],
    },
    {
      name: 'finds a partition with a filesystem by its profile and a volume group by itself',
      site: [
        profile(
          'p',
          'storage: { physical_devices: { sda: { partitions: [{ name: a, filesystem: { mountpoint: /x } }] } } }',
        ),
        node(
          'n1',
          'host_profile: p\nstorage:\n  physical_devices:\n    sda: { partitions: [{ name: a, volume_group: v }] } # @sda\n  volume_groups: { v: {} }',
        ),
      ],
      says: [about('node n1: partition a of sda has both a filesystem and a volume group')],
    },
    {
      name: 'finds a volume group without a device',
      site: [storage('n1', '  volume_groups:\n    v: {} # @v')],
      says: ['error @v [BaremetalNode n1] node n1: no device is given to volume group v'],
    },
    {
      name: 'doubts a volume group that has a device on a node before this one alone',
      site: [
        storage('n1', '  physical_devices: { sda: { volume_group: v } }\n  volume_groups: { v: {} }'),
        storage('n2', '  volume_groups:\n    v: {} # @v'),
      ],
      says: ['advice @v [BaremetalNode n2] node n2: no device is given to volume group v'],
    },
    {
      name: 'finds a volume group that has a device on a node after this one alone',
      site: [
        storage('n1', '  volume_groups:\n    v: {} # @v'),
        storage('n2', '  physical_devices: { sda: { volume_group: v } }\n  volume_groups: { v: {} }'),
      ],
      says: ['error @v [BaremetalNode n1] node n1: no device is given to volume group v'],
    },
    {
      name: 'doubts a disk in a volume group that is not defined',
      site: [storage('n1', '  physical_devices:\n    sda: { volume_group: w } # @sda')],
      says: ['advice @sda [BaremetalNode n1] node n1: volume group w, which sda is given to, is not defined'],
    },
  ],
};

export const storageSizingCases: RuleCases = {
  rule: storageSizing,
  code: 'DD2003',
  title: 'Storage Sizing',
  cases: [
    { name: 'accepts 99 percent of a disk', site: [disk('name: a, size: 60%', 'name: b, size: 39%')], says: [] },
    {
      name: 'finds 100 percent of a disk, once',
      site: [disk('name: a, size: 60%', 'name: b, size: 40%', 'name: c, size: 1%')],
      says: [about('node n1: the sizes on device sda add up to 101 %')],
    },
    { name: 'accepts 99 percent of a volume group', site: [group('name: a, size: 99%')], says: [] },
    {
      name: 'finds 100 percent of a volume group',
      site: [group('name: a, size: 100%')],
      says: ['error @v [BaremetalNode n1] node n1: the sizes on volume group v add up to 100 %'],
    },
    {
      name: 'accepts two volume groups of 60 percent each',
      site: [
        storage(
          'n1',
          '  physical_devices: { sda: { volume_group: v }, sdb: { volume_group: w } }\n' +
            '  volume_groups:\n    v: { logical_volumes: [{ name: a, size: 60% }] }\n    w: { logical_volumes: [{ name: b, size: 60% }] }',
        ),
      ],
      says: [],
    },
    { name: 'accepts a share of what is left', site: [disk("name: a, size: '>30%'")], says: [] },
    {
      name: 'finds text that is no size',
      site: [disk("name: a, size: '60'", 'name: b, size: -5%')],
      says: [
        about(`node n1: the size of a on device sda: ${noSize('60')}`),
        about(`node n1: the size of b on device sda: ${noSize('-5%')}`),
      ],
    },
    {
      name: 'finds a volume without a size',
      site: [group('name: a')],
      says: ['error @v [BaremetalNode n1] node n1: the size of a on volume group v: it has none'],
    },
    { name: 'accepts a size with > at the end', site: [disk('name: a, size: 1g', "name: b, size: '>1g'")], says: [] },
    {
      name: 'doubts what comes after a size with >',
      site: [disk("name: a, size: '>1g'", 'name: b, size: 1g', "name: c, size: '>1g'")],
      says: ['b', 'c'].map(
        (name) =>
          `advice @sda [BaremetalNode n1] node n1: ${name} on device sda comes after a, which takes all that is left`,
      ),
    },
  ],
};

export const storageMountpointCases: RuleCases = {
  rule: storageMountpoint,
  code: 'DD2004',
  title: 'Storage Mountpoint',
  cases: [
    {
      name: 'accepts filesystems at places of their own, and some at none',
      site: [
        disk(
          'name: a, filesystem: { mountpoint: / }',
          'name: b, filesystem: { mountpoint: /b }',
          'name: c, filesystem: {}',
          'name: d, filesystem: {}',
        ),
      ],
      says: [],
    },
    {
      name: 'accepts a volume group of two disks with a filesystem',
      site: [
        storage(
          'n1',
          '  physical_devices: { sda: { volume_group: v }, sdb: { volume_group: v } }\n' +
            '  volume_groups: { v: { logical_volumes: [{ name: a, filesystem: { mountpoint: /a } }] } }',
        ),
      ],
      says: [],
    },
    {
      name: 'accepts the same place on two nodes',
      site: [
        disk('name: a, filesystem: { mountpoint: / }'),
        disk('name: a, filesystem: { mountpoint: / }').replaceAll('n1', 'n2'),
      ],
      says: [],
    },
    {
      name: 'finds two partitions at one place',
      site: [disk('name: a, filesystem: { mountpoint: /a }', 'name: b, filesystem: { mountpoint: /a }')],
      says: [about('node n1 mounts more than one filesystem at /a')],
    },
    {
      name: 'finds a partition and a volume at one place, on every node',
      site: ['n1', 'n2'].map((name) =>
        storage(
          name,
          '  physical_devices:\n    sda: { partitions: [{ name: a, filesystem: { mountpoint: /a } }] }\n    sdb: { volume_group: v }\n' +
            `  volume_groups:\n    v: { logical_volumes: [{ name: b, filesystem: { mountpoint: /a } }] } # @v-${name}`,
        ),
      ),
      says: ['n1', 'n2'].map(
        (name) => `error @v-${name} [BaremetalNode ${name}] node ${name} mounts more than one filesystem at /a`,
      ),
    },
  ],
};
