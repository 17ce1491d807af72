import type { Filesystem, LogicalVolume, Partition, StorageDevice } from '@drydock/model';
import type { MergeCase } from './merge-case.js';

const noPartition: Omit<Partition, 'name'> = {
  size: null,
  uuid: null,
  isBootable: false,
  volumeGroup: null,
  filesystem: null,
  labels: {},
};
const device = (name: string, given: Partial<StorageDevice> = {}): StorageDevice => ({
  name,
  labels: {},
  volumeGroup: null,
  partitions: [],
  ...given,
});

const deviceCase = (name: string, chain: readonly object[], devices: readonly StorageDevice[]): MergeCase => ({
  name,
  chain: chain.map((physical) => ({ storage: { physical_devices: physical } })) as unknown as MergeCase['chain'],
  expected: { storage: { devices, volumeGroups: [] } },
});

const partitionCase = (name: string, chain: readonly object[], expected: Partial<Partition>): MergeCase =>
  deviceCase(
    name,
    chain.map((partition) => ({ sda: { partitions: [{ name: 'p', ...partition }] } })),
    [device('sda', { partitions: [{ ...noPartition, name: 'p', ...expected }] })],
  );

const labelled = (label: string): object => ({ labels: { x: label } });
const threeDevices = { sda: labelled('old'), sdb: labelled('old'), sdc: labelled('old') };
const old = (name: string): StorageDevice => device(name, { labels: { x: 'old' } });
const fresh = (name: string): StorageDevice => device(name, { labels: { x: 'new' } });

/** Reference 02 §4.4 as it was meant: S1 and S2 are mended. */
export const deviceMerges: readonly MergeCase[] = [
  deviceCase('devices are inherited in order', [threeDevices, {}], [old('sda'), old('sdb'), old('sdc')]),
  deviceCase(
    'naming the first keeps the others',
    [threeDevices, { sda: labelled('new') }],
    [fresh('sda'), old('sdb'), old('sdc')],
  ),
  deviceCase(
    'naming the last keeps the others',
    [threeDevices, { sdc: labelled('new') }],
    [old('sda'), old('sdb'), fresh('sdc')],
  ),
  deviceCase(
    'naming a new one keeps all',
    [threeDevices, { sdd: labelled('new') }],
    [old('sda'), old('sdb'), old('sdc'), fresh('sdd')],
  ),
  deviceCase('! removes one', [threeDevices, { '!sdb': {} }], [old('sda'), old('sdc')]),
  deviceCase('the parent may have none', [{}, { sda: labelled('new') }], [fresh('sda')]),
  deviceCase(
    'labels are a map',
    [{ sda: { labels: { a: '1', b: '2' } } }, { sda: { labels: { '!a': '', c: '3' } } }],
    [device('sda', { labels: { b: '2', c: '3' } })],
  ),
  deviceCase(
    'the volume group is a scalar',
    [
      { sda: { volume_group: 'v' }, sdb: { volume_group: 'v' } },
      { sda: { volume_group: 'w' }, sdb: {} },
    ],
    [device('sda', { volumeGroup: 'w' }), device('sdb', { volumeGroup: 'v' })],
  ),
  deviceCase(
    'a device that leaves its volume group may have partitions',
    [{ sda: { volume_group: 'v' } }, { sda: { volume_group: '!', partitions: [{ name: 'p' }] } }],
    [device('sda', { partitions: [{ ...noPartition, name: 'p' }] })],
  ),
  deviceCase(
    'partitions go by name',
    [
      { sda: { partitions: [{ name: 'a' }, { name: 'b', size: '1g' }, { name: 'c' }] } },
      { sda: { partitions: [{ name: 'd' }, { name: '!a' }, { name: 'b', size: '2g' }] } },
    ],
    [
      device('sda', {
        partitions: [
          { ...noPartition, name: 'b', size: '2g' },
          { ...noPartition, name: 'c' },
          { ...noPartition, name: 'd' },
        ],
      }),
    ],
  ),
];

const ext4: Filesystem = { mountpoint: null, type: 'ext4', mountOptions: 'defaults', uuid: null, label: null };
const [uuid1, uuid2] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'];
const filesystem = { mountpoint: '/a', fstype: 'xfs', mount_options: 'noatime', fs_uuid: uuid1, fs_label: 'A' };
const effective: Filesystem = { mountpoint: '/a', type: 'xfs', mountOptions: 'noatime', uuid: uuid1, label: 'A' };

export const partitionMerges: readonly MergeCase[] = [
  partitionCase(
    'a partition is inherited whole',
    [{ size: '1g', part_uuid: uuid1, bootable: true, labels: { a: 'b' }, filesystem }, {}],
    {
      size: '1g',
      uuid: uuid1,
      isBootable: true,
      labels: { a: 'b' },
      filesystem: effective,
    },
  ),
  partitionCase(
    'its fields are scalars',
    [
      { size: '1g', part_uuid: uuid1, bootable: true },
      { size: '2g', part_uuid: uuid2, bootable: false },
    ],
    {
      size: '2g',
      uuid: uuid2,
    },
  ),
  partitionCase(
    '! unsets them',
    [
      { size: '1g', part_uuid: uuid1, volume_group: 'v' },
      { size: '!', part_uuid: '!', volume_group: '!' },
    ],
    {},
  ),
  partitionCase('its labels are a map', [{ labels: { a: '1', b: '2' } }, { labels: { '!a': '', b: '9' } }], {
    labels: { b: '9' },
  }),
  partitionCase('the defaults of a filesystem count as said', [{ filesystem }, { filesystem: { mountpoint: '/b' } }], {
    filesystem: { ...effective, mountpoint: '/b', type: 'ext4', mountOptions: 'defaults' },
  }),
  partitionCase(
    '! unsets fields of a filesystem',
    [{ filesystem }, { filesystem: { mountpoint: '!', fs_uuid: '!', fs_label: '!' } }],
    {
      filesystem: ext4,
    },
  ),
  partitionCase('a filesystem of no type is none', [{ filesystem }, { filesystem: { fstype: '!' } }], {}),
  partitionCase(
    'a partition that leaves its volume group may have a filesystem',
    [{ volume_group: 'v' }, { volume_group: '!', filesystem: {} }],
    {
      filesystem: ext4,
    },
  ),
];

const noVolume: Omit<LogicalVolume, 'name'> = { uuid: null, size: null, filesystem: null };

const groupCase = (
  name: string,
  chain: readonly object[],
  groups: Readonly<Record<string, { uuid?: string; volumes?: readonly LogicalVolume[] }>>,
): MergeCase => ({
  name,
  chain: chain.map((volumeGroups) => ({ storage: { volume_groups: volumeGroups } })) as unknown as MergeCase['chain'],
  expected: {
    storage: {
      devices: [],
      volumeGroups: Object.entries(groups).map(([groupName, { uuid = null, volumes = [] }]) => ({
        name: groupName,
        uuid,
        logicalVolumes: volumes,
      })),
    },
  },
});

const volumes = (...items: readonly object[]): object => ({ v: { logical_volumes: items } });
const volume = (name: string, given: Partial<LogicalVolume> = {}): LogicalVolume => ({ ...noVolume, name, ...given });

/** S3 and S4 are mended. */
export const volumeGroupMerges: readonly MergeCase[] = [
  groupCase(
    'volume groups go by name',
    [
      { v: {}, w: {}, x: {} },
      { y: {}, '!w': {}, v: { vg_uuid: 'U' } },
    ],
    { v: { uuid: 'U' }, x: {}, y: {} },
  ),
  groupCase(
    'the UUID is a scalar',
    [
      { v: { vg_uuid: 'A' }, w: { vg_uuid: 'A' } },
      { v: {}, w: { vg_uuid: '!' } },
    ],
    { v: { uuid: 'A' }, w: {} },
  ),
  groupCase(
    'logical volumes go by name',
    [
      volumes({ name: 'a', size: '1g' }, { name: 'b' }),
      volumes({ name: 'c' }, { name: '!b' }, { name: 'a', size: '2g' }),
    ],
    {
      v: { volumes: [volume('a', { size: '2g' }), volume('c')] },
    },
  ),
  groupCase(
    'those that both have all stay',
    [volumes({ name: 'a' }, { name: 'b' }), volumes({ name: 'a' }, { name: 'b' })],
    {
      v: { volumes: [volume('a'), volume('b')] },
    },
  ),
  groupCase(
    'their fields are scalars',
    [volumes({ name: 'a', lv_uuid: uuid1, size: '1g', filesystem }), volumes({ name: 'a', lv_uuid: '!', size: '>2g' })],
    {
      v: { volumes: [volume('a', { size: '>2g', filesystem: effective })] },
    },
  ),
  groupCase(
    'their filesystem as of partitions',
    [volumes({ name: 'a', filesystem }), volumes({ name: 'a', filesystem: { mountpoint: '/b' } })],
    {
      v: {
        volumes: [
          volume('a', { filesystem: { ...effective, mountpoint: '/b', type: 'ext4', mountOptions: 'defaults' } }),
        ],
      },
    },
  ),
];
