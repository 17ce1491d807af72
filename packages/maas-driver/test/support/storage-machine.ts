import { storageAfter, type StorageAnswer } from '../../src/diff/storage-after.js';
import {
  alignDown,
  alignmentBytes,
  roomOf,
  type FilesystemPlace,
  type FoundDisk,
  type FoundFilesystem,
  type FoundStorage,
  type StorageChange,
} from '../../src/diff/storage-model.js';

const tableBytes = 6 * 1024 ** 2;
const gigabyte = 10 ** 9;

export function emptyDisk(id: number, name: string, gigabytes: number): FoundDisk {
  const sizeBytes = gigabytes * gigabyte;
  return { id, name, sizeBytes, availableBytes: alignDown(sizeBytes - tableBytes), filesystem: null, partitions: [] };
}

export function formatted(type: string, mountPoint: string | null): FoundFilesystem {
  return { type, label: null, uuid: null, mountPoint, mountOptions: '' };
}

/** A machine as MAAS keeps it, as far as the changes go; throws where MAAS refuses. */
export function applyStorageChange(found: FoundStorage, change: StorageChange): FoundStorage {
  if (change.kind === 'set_storage_layout') return layOut(found, change);
  return storageAfter(found, answerOf(found, change));
}

function answerOf(found: FoundStorage, change: Exclude<StorageChange, { kind: 'set_storage_layout' }>): StorageAnswer {
  const id = nextId(found);
  switch (change.kind) {
    case 'set_boot_disk':
      return { kind: 'boot_disk', diskId: change.diskId };
    case 'create_partition': {
      const sizeBytes = alignDown(change.sizeBytes);
      const disk = found.disks.find((it) => it.id === change.diskId);
      if (disk === undefined || sizeBytes > disk.availableBytes) throw new Error('no room on the disk');
      return {
        kind: 'partition',
        diskId: change.diskId,
        partition: { id, sizeBytes, isBootable: change.isBootable, filesystem: null },
      };
    }
    case 'create_volume_group': {
      const sizes = found.disks.flatMap((disk) => [
        ...(change.diskIds.includes(disk.id) ? [disk.sizeBytes] : []),
        ...disk.partitions.filter((it) => change.partitionIds.includes(it.id)).map((it) => it.sizeBytes),
      ]);
      const sizeBytes = alignDown(sizes.reduce((sum, size) => sum + size, 0)) - sizes.length * alignmentBytes;
      const { name, diskIds, partitionIds } = change;
      return { kind: 'group', group: { id, name, sizeBytes, diskIds, partitionIds, volumes: [] } };
    }
    case 'create_logical_volume': {
      const group = found.groups.find((it) => it.id === change.groupId);
      const taken = group?.volumes.reduce((sum, volume) => sum + volume.sizeBytes, 0) ?? 0;
      const sizeBytes = alignDown(change.sizeBytes);
      if (group === undefined || sizeBytes > group.sizeBytes - taken) throw new Error('no room in the group');
      return { kind: 'volume', groupId: group.id, volume: { id, name: change.name, sizeBytes, filesystem: null } };
    }
    case 'unformat':
      return { kind: 'filesystem', place: change.place, filesystem: null };
    case 'unmount':
      return {
        kind: 'filesystem',
        place: change.place,
        filesystem: { ...filesystemAt(found, change), mountPoint: null },
      };
    case 'format': {
      const { type, label, uuid } = change.filesystem;
      return {
        kind: 'filesystem',
        place: change.place,
        filesystem: { type, label, uuid, mountPoint: null, mountOptions: '' },
      };
    }
    case 'mount': {
      const { mountPoint, mountOptions } = change.filesystem;
      return {
        kind: 'filesystem',
        place: change.place,
        filesystem: { ...filesystemAt(found, change), mountPoint, mountOptions },
      };
    }
  }
}

function filesystemAt(
  found: FoundStorage,
  change: { readonly of: string; readonly place: FilesystemPlace },
): FoundFilesystem {
  const { place } = change;
  const filesystem =
    place.kind === 'volume'
      ? found.groups.flatMap(({ volumes }) => volumes).find(({ id }) => id === place.volumeId)?.filesystem
      : found.disks.flatMap(({ partitions }) => partitions).find(({ id }) => id === place.partitionId)?.filesystem;
  if (!filesystem) throw new Error(`${change.of} is not formatted`);
  return filesystem;
}

function layOut(found: FoundStorage, change: Extract<StorageChange, { kind: 'set_storage_layout' }>): FoundStorage {
  const wiped = found.disks.map((disk) => ({
    ...disk,
    filesystem: null,
    partitions: [],
    availableBytes: alignDown(disk.sizeBytes - tableBytes),
  }));
  const disk = wiped.find((it) => it.id === change.diskId);
  if (disk === undefined) throw new Error('no such disk');
  const boot =
    change.bootBytes === null
      ? []
      : [{ sizeBytes: alignUp(change.bootBytes), isBootable: true, filesystem: formatted('ext4', '/boot') }];
  const left = roomOf(disk) - (boot[0]?.sizeBytes ?? 0);
  const rootBytes = change.rootBytes === null ? left : alignUp(change.rootBytes);
  if (rootBytes > left) throw new Error('root is larger than the disk');
  const root = {
    sizeBytes: rootBytes,
    isBootable: false,
    filesystem: change.volume === null ? formatted('ext4', '/') : null,
  };
  const first = nextId(found);
  const partitions = [...boot, root].map((it, index) => ({ id: first + index, ...it }));
  const availableBytes = disk.availableBytes - partitions.reduce((sum, it) => sum + it.sizeBytes, 0);
  const disks = wiped.map((it) => (it === disk ? { ...it, partitions, availableBytes } : it));
  const base = { bootDiskId: disk.id, disks, groups: [] };
  return change.volume === null
    ? base
    : withRootGroup(base, { volume: change.volume, partitionId: partitions.at(-1)?.id ?? 0, rootBytes });
}

function withRootGroup(
  base: FoundStorage,
  root: {
    readonly volume: { group: string; name: string; sizeBytes: number | null };
    readonly partitionId: number;
    readonly rootBytes: number;
  },
): FoundStorage {
  const sizeBytes = alignDown(root.rootBytes) - alignmentBytes;
  const id = nextId(base);
  const volume = {
    id: id + 1,
    name: root.volume.name,
    sizeBytes: alignDown(root.volume.sizeBytes ?? sizeBytes),
    filesystem: formatted('ext4', '/'),
  };
  if (volume.sizeBytes > sizeBytes) throw new Error('no room for the root volume');
  return {
    ...base,
    groups: [
      { id, name: root.volume.group, sizeBytes, diskIds: [], partitionIds: [root.partitionId], volumes: [volume] },
    ],
  };
}

function alignUp(sizeBytes: number): number {
  return Math.ceil(sizeBytes / alignmentBytes) * alignmentBytes;
}

function nextId(found: FoundStorage): number {
  const ids = [
    ...found.disks.flatMap(({ id, partitions }) => [id, ...partitions.map((it) => it.id)]),
    ...found.groups.flatMap(({ id, volumes }) => [id, ...volumes.map((it) => it.id)]),
  ];
  return 1 + Math.max(0, ...ids);
}
