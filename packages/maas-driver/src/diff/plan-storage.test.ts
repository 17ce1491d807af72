import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Filesystem, LogicalVolume, Partition, StorageDevice, VolumeGroup } from '@drydock/model';
import { applyStorageChange, emptyDisk, formatted } from '../../test/support/storage-machine.js';
import { planStorage } from './plan-storage.js';
import type { FoundStorage, StorageChange } from './storage-model.js';
import { wantStorage, type WantedStorage } from './want-storage.js';

function filesystem(mountpoint: string | null, type = 'ext4'): Filesystem {
  return { mountpoint, type, mountOptions: 'defaults', uuid: null, label: null };
}

function partition(name: string, size: string, over: Partial<Partition> = {}): Partition {
  return { name, size, uuid: null, isBootable: false, volumeGroup: null, filesystem: null, labels: {}, ...over };
}

function disk(name: string, partitions: readonly Partition[], volumeGroup: string | null = null): StorageDevice {
  return { name, labels: {}, volumeGroup, partitions };
}

function volume(name: string, size: string, mountpoint: string | null): LogicalVolume {
  return { name, uuid: null, size, filesystem: mountpoint === null ? null : filesystem(mountpoint) };
}

function group(name: string, logicalVolumes: readonly LogicalVolume[]): VolumeGroup {
  return { name, uuid: null, logicalVolumes };
}

const root = partition('root', '20g', { filesystem: filesystem('/') });
const boot = partition('boot', '1g', { filesystem: filesystem('/boot'), isBootable: true });

function wanted(disks: readonly StorageDevice[], groups: readonly VolumeGroup[] = []): WantedStorage {
  const wish = wantStorage(disks, groups);
  if ('problem' in wish) throw new Error(wish.problem);
  return wish.wanted;
}

function fresh(): FoundStorage {
  return {
    bootDiskId: 1,
    disks: [emptyDisk(1, 'sda', 100), emptyDisk(2, 'sdb', 200), emptyDisk(3, 'sdc', 50)],
    groups: [],
  };
}

/** As the step does it: the first change, then a new plan. */
function converge(
  found: FoundStorage,
  wish: WantedStorage,
  limit = 60,
): { state: FoundStorage; changes: StorageChange[] } {
  const changes: StorageChange[] = [];
  let state = found;
  for (let count = 0; count < limit; count += 1) {
    const [change] = planStorage(state, wish);
    if (change === undefined) break;
    state = applyStorageChange(state, change);
    changes.push(change);
  }
  return { state, changes };
}

const demo = wanted(
  [disk('sda', [root, boot]), disk('sdb', [], 'data')],
  [group('data', [volume('log', '10g', '/var/log'), volume('var', '>50%', '/var/lib')])],
);

describe('planStorage', () => {
  test('lays out the root disk, then groups and volumes, and nothing the second time', () => {
    const { state, changes } = converge(fresh(), demo);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'set_storage_layout',
      'create_volume_group',
      'create_logical_volume',
      'format',
      'mount',
      'create_logical_volume',
      'format',
      'mount',
    ]);
    expect(planStorage(state, demo)).toEqual([]);
  });

  test('puts / on a logical volume with the lvm layout, and the other volumes of its group beside it', () => {
    const wish = wanted(
      [disk('sda', [boot, partition('pv', '60g', { volumeGroup: 'os' })])],
      [group('os', [volume('var', '10g', '/var'), volume('root', '30g', '/')])],
    );
    const { state, changes } = converge(fresh(), wish);
    expect(changes[0]).toMatchObject({
      volume: { group: 'os', name: 'root', sizeBytes: 30e9 },
      bootBytes: 1e9,
      rootBytes: 60e9,
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['set_storage_layout', 'create_logical_volume', 'format', 'mount']);
    expect(planStorage(state, wish)).toEqual([]);
  });

  test('moves the boot disk when / is on another one', () => {
    const wish = wanted([disk('sdb', [root])]);
    expect(planStorage(fresh(), wish).map(({ kind }) => kind)).toEqual(['set_boot_disk', 'set_storage_layout']);
  });

  test('formats anew what has another type, and only that', () => {
    const wish = wanted([disk('sda', [partition('root', '20g', { filesystem: filesystem('/', 'xfs') })])]);
    const { changes } = converge(fresh(), wish);
    expect(changes.map(({ kind }) => kind)).toEqual(['set_storage_layout', 'unmount', 'unformat', 'format', 'mount']);
  });

  test('gives swap its format and no directory', () => {
    const wish = wanted([disk('sda', [root, partition('swap', '4g', { filesystem: filesystem(null, 'swap') })])]);
    const { changes } = converge(fresh(), wish);
    expect(changes.at(-1)).toMatchObject({ kind: 'mount', filesystem: { type: 'swap', mountPoint: 'none' } });
  });

  test('builds a group of several members with all of their ids', () => {
    const wish = wanted(
      [disk('sda', [root]), disk('sdb', [], 'data'), disk('sdc', [partition('pv', '40g', { volumeGroup: 'data' })])],
      [group('data', [volume('all', '>100g', '/srv')])],
    );
    const { state, changes } = converge(fresh(), wish);
    const made = changes.find(({ kind }) => kind === 'create_volume_group');
    expect(made).toMatchObject({ diskIds: [2], partitionIds: [expect.any(Number)] });
    expect(planStorage(state, wish)).toEqual([]);
  });

  const misfits: readonly (readonly [string, (found: FoundStorage) => FoundStorage])[] = [
    ['a root partition of another size', (found) => withPartition(found, 1, 0, { sizeBytes: 50e9 })],
    ['a partition too many on a disk of the design', (found) => addPartition(found, 1)],
    ['a partition on a disk that the design leaves empty', (found) => addPartition(found, 3)],
    [
      'a disk that is formatted whole',
      (found) => ({
        ...found,
        disks: found.disks.map((it) => (it.id === 3 ? { ...it, filesystem: formatted('ext4', null) } : it)),
      }),
    ],
    [
      'a group that the design does not have',
      (found) => ({
        ...found,
        groups: [...found.groups, { id: 90, name: 'old', sizeBytes: 1e9, diskIds: [3], partitionIds: [], volumes: [] }],
      }),
    ],
    [
      'a volume of another size',
      (found) => ({
        ...found,
        groups: found.groups.map((it) => ({ ...it, volumes: it.volumes.map((one) => ({ ...one, sizeBytes: 1e9 })) })),
      }),
    ],
    [
      'a group of other members',
      (found) => ({ ...found, groups: found.groups.map((it) => ({ ...it, diskIds: [3] })) }),
    ],
  ];
  test.each(misfits)('lays everything out anew for %s', (_name, spoil) => {
    const spoilt = spoil(converge(fresh(), demo).state);
    const plan = planStorage(spoilt, demo);
    expect(plan.map(({ kind }) => kind)).toEqual(['set_storage_layout']);
    expect(planStorage(converge(spoilt, demo).state, demo)).toEqual([]);
  });

  const impossible: readonly (readonly [string, readonly StorageDevice[], readonly VolumeGroup[], RegExp])[] = [
    [
      'a root that the disk cannot hold',
      [disk('sda', [partition('root', '200g', { filesystem: filesystem('/') })])],
      [],
      /on disk sda .* cannot have the size 200g/,
    ],
    [
      'a root below the minimum of MAAS',
      [disk('sda', [partition('root', '1g', { filesystem: filesystem('/') })])],
      [],
      /below 3 GiB/,
    ],
    [
      'a boot partition below the minimum of MAAS',
      [disk('sda', [root, partition('boot', '100m', { filesystem: filesystem('/boot') })])],
      [],
      /below 512 MiB/,
    ],
    ['a disk that is not there', [disk('sdz', [root])], [], /has no disk sdz, it has sda, sdb, sdc/],
    [
      'a partition that does not fit',
      [disk('sda', [root]), disk('sdc', [partition('big', '60g')])],
      [],
      /partition big on disk sdc/,
    ],
    [
      'a size that is none',
      [disk('sda', [root]), disk('sdc', [partition('odd', 'plenty')])],
      [],
      /"plenty" is no size/,
    ],
    [
      'a volume that does not fit its group',
      [disk('sda', [root]), disk('sdc', [], 'data')],
      [group('data', [volume('big', '60g', '/srv')])],
      /logical volume big of volume group data/,
    ],
  ];
  test.each(impossible)('says what is wrong with %s', (_name, disks, groups, message) => {
    expect(() => planStorage(converge(fresh(), wanted(disks, groups)).state, wanted(disks, groups))).toThrow(message);
  });

  test('from any found state the changes lead to the wanted one, stopped anywhere or not', () => {
    fc.assert(
      fc.property(anyWanted, anyWanted, fc.nat(20), fc.nat(20), (before, wish, stopBefore, stop) => {
        const found = converge(fresh(), before, stopBefore).state;
        const stopped = converge(found, wish, stop).state;
        expect(planStorage(converge(stopped, wish).state, wish)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function withPartition(
  found: FoundStorage,
  diskId: number,
  index: number,
  over: { readonly sizeBytes: number },
): FoundStorage {
  return {
    ...found,
    disks: found.disks.map((it) =>
      it.id === diskId
        ? { ...it, partitions: it.partitions.map((one, at) => (at === index ? { ...one, ...over } : one)) }
        : it,
    ),
  };
}

function addPartition(found: FoundStorage, diskId: number): FoundStorage {
  const extra = { id: 99, sizeBytes: 4e9, isBootable: false, filesystem: null };
  return {
    ...found,
    disks: found.disks.map((it) => (it.id === diskId ? { ...it, partitions: [...it.partitions, extra] } : it)),
  };
}

const anySize = fc.constantFrom('4g', '5GiB', '10%', '8000m');

/** Designs on three disks, / on a partition or a volume, that all fit. */
const anyWanted: fc.Arbitrary<WantedStorage> = fc
  .record({
    hasBoot: fc.boolean(),
    isLvm: fc.boolean(),
    rootSize: fc.constantFrom('20g', '30%', '25GiB'),
    rootDisk: fc.constantFrom('sda', 'sdb'),
    extras: fc.array(anySize, { maxLength: 2 }),
    hasData: fc.boolean(),
    volumes: fc.array(anySize, { maxLength: 3 }),
    takesRest: fc.boolean(),
  })
  .map((shape) => {
    const system = shape.isLvm
      ? partition('pv', '45g', { volumeGroup: 'os' })
      : partition('root', shape.rootSize, { filesystem: filesystem('/') });
    const extras = shape.extras.map((size, index) =>
      partition(`extra${index}`, size, { filesystem: filesystem(`/extra${index}`, 'xfs') }),
    );
    const volumes = shape.volumes.map((size, index) => volume(`v${index}`, size, `/data${index}`));
    const rest = shape.takesRest ? [volume('rest', '>1g', null)] : [];
    return wanted(
      [
        disk(shape.rootDisk, [...(shape.hasBoot ? [boot] : []), system, ...extras]),
        ...(shape.hasData ? [disk('sdc', [], 'data')] : []),
      ],
      [
        ...(shape.isLvm ? [group('os', [volume('root', '20g', '/'), volume('home', '5g', '/home')])] : []),
        ...(shape.hasData ? [group('data', [...volumes, ...rest])] : []),
      ],
    );
  });
