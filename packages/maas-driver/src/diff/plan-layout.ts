import type { StorageDevice } from '@drydock/model';
import {
  alignDown,
  alignmentBytes,
  isNear,
  roomOf,
  type FoundDisk,
  type FoundPartition,
  type FoundStorage,
  type StorageChange,
} from './storage-model.js';
import { bytesOf, plainPartitions, StorageProblem, type WantedRoot, type WantedStorage } from './want-storage.js';

const efiMountPoint = '/boot/efi';
/** Limits of MAAS's layouts (reference 04 §15.8). */
const minimumRootBytes = 3 * 1024 ** 3;
const minimumBootBytes = 512 * 1024 ** 2;

/** What a layout makes on the root disk, in bytes. */
export interface RootSizes {
  readonly bootBytes: number | null;
  readonly rootBytes: number | null;
  readonly volumeBytes: number | null;
}

/** Partitions of the root disk: MAAS's own for EFI set aside, then those of the layout, then the others. */
export interface RootDiskParts {
  readonly boot: FoundPartition | undefined;
  readonly root: FoundPartition | undefined;
  readonly others: readonly FoundPartition[];
  readonly efiBytes: number;
}

export function rootDiskParts(disk: FoundDisk, root: WantedRoot): RootDiskParts {
  const efi = disk.partitions.filter((partition) => partition.filesystem?.mountPoint === efiMountPoint);
  const own = disk.partitions.filter((partition) => !efi.includes(partition));
  const efiBytes = efi.reduce((sum, partition) => sum + partition.sizeBytes, 0);
  if (root.boot === null) return { boot: undefined, root: own[0], others: own.slice(1), efiBytes };
  return { boot: own[0], root: own[1], others: own.slice(2), efiBytes };
}

/** @throws StorageProblem when the disk is too small */
export function rootSizes(disk: FoundDisk, root: WantedRoot): RootSizes {
  const room = roomOf(disk) - rootDiskParts(disk, root).efiBytes;
  const bootBytes = root.boot === null ? null : partitionBytes(root.boot.size, { disk, room, what: '/boot' });
  if (bootBytes !== null && bootBytes < minimumBootBytes) {
    throw new StorageProblem(
      `/boot of ${root.boot?.size ?? ''} is too small: MAAS makes none below 512 MiB; make it larger`,
    );
  }
  const left = room - (bootBytes ?? 0);
  const what = root.volume === null ? '/' : `the partition of volume group ${root.volume.group.name}`;
  const rootBytes = root.partition === null ? null : partitionBytes(root.partition.size, { disk, room: left, what });
  const memberBytes = rootBytes ?? left;
  if (memberBytes < minimumRootBytes) {
    throw new StorageProblem(
      `${what} on ${disk.name} would have ${memberBytes} bytes: MAAS makes none below 3 GiB; use a larger disk`,
    );
  }
  const group = alignDown(memberBytes) - alignmentBytes;
  const context = { totalBytes: group, availableBytes: group };
  const volumeBytes =
    root.volume === null
      ? null
      : bytesOf(root.volume.volume.size, context, `logical volume ${root.volume.volume.name} for /`);
  return { bootBytes, rootBytes, volumeBytes };
}

interface Place {
  readonly disk: FoundDisk;
  readonly room: number;
  readonly what: string;
}

function partitionBytes(expression: string | null, place: Place): number {
  const context = { totalBytes: place.disk.sizeBytes, availableBytes: Math.max(0, place.room) };
  return bytesOf(expression, context, `${place.what} on disk ${place.disk.name} (${place.disk.sizeBytes} bytes)`);
}

/** @returns why the storage must be laid out anew; null when what is there is right as far as it goes */
export function layoutMismatch(found: FoundStorage, wanted: WantedStorage, sizes: RootSizes): string | null {
  for (const disk of found.disks) {
    const design = wanted.disks.find((candidate) => candidate.name === disk.name);
    const isRoot = design !== undefined && design === wanted.root.disk;
    const reason = isRoot ? rootMismatch(disk, found, { wanted, sizes }) : diskMismatch(disk, design);
    if (reason !== null) return reason;
  }
  return groupMismatch(found, wanted);
}

interface RootWish {
  readonly wanted: WantedStorage;
  readonly sizes: RootSizes;
}

function rootMismatch(disk: FoundDisk, found: FoundStorage, wish: RootWish): string | null {
  const { root } = wish.wanted;
  const parts = rootDiskParts(disk, root);
  const { boot } = parts;
  if (root.boot !== null && (boot === undefined || !isNear(boot.sizeBytes, wish.sizes.bootBytes ?? 0))) {
    return `/boot on ${disk.name} is ${boot?.sizeBytes ?? 0} bytes`;
  }
  if (parts.root === undefined) return `${disk.name} has no root partition`;
  const rootBytes = wish.sizes.rootBytes ?? roomOf(disk) - parts.efiBytes - (boot?.sizeBytes ?? 0);
  if (!isNear(parts.root.sizeBytes, rootBytes)) return `/ on ${disk.name} is ${parts.root.sizeBytes} bytes`;
  const group = found.groups.find((candidate) => candidate.partitionIds.includes(parts.root?.id ?? NaN));
  if (group?.name !== root.volume?.group.name) return `/ of ${disk.name} is in another volume group`;
  const surplus = parts.others.length - plainPartitions(root.disk, root).length;
  return surplus > 0 ? `${disk.name} has ${surplus} partitions too many` : null;
}

function diskMismatch(disk: FoundDisk, design: StorageDevice | undefined): string | null {
  if (disk.filesystem !== null) return `${disk.name} is formatted whole`;
  const surplus = disk.partitions.length - (design?.partitions.length ?? 0);
  return surplus > 0 ? `${disk.name} has ${surplus} partitions too many` : null;
}

function groupMismatch(found: FoundStorage, wanted: WantedStorage): string | null {
  for (const group of found.groups) {
    const design = wanted.groups.find((candidate) => candidate.name === group.name);
    if (design === undefined) return `volume group ${group.name} is not in the design`;
    const foreign = group.volumes.find((volume) => !design.logicalVolumes.some((wish) => wish.name === volume.name));
    if (foreign !== undefined) return `logical volume ${group.name}/${foreign.name} is not in the design`;
  }
  return null;
}

export function layoutChange(
  disk: FoundDisk,
  root: WantedRoot,
  plan: { sizes: RootSizes; reason: string },
): StorageChange {
  const { sizes, reason } = plan;
  const volume =
    root.volume === null
      ? null
      : { group: root.volume.group.name, name: root.volume.volume.name, sizeBytes: sizes.volumeBytes };
  return {
    kind: 'set_storage_layout',
    reason,
    disk: disk.name,
    diskId: disk.id,
    bootBytes: sizes.bootBytes,
    rootBytes: sizes.rootBytes,
    volume,
  };
}
