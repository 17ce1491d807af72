import {
  isSizeError,
  parseSize,
  sizeInBytes,
  type Filesystem,
  type LogicalVolume,
  type Partition,
  type SizeContext,
  type StorageDevice,
  type VolumeGroup,
} from '@drydock/model';
import type { WantedFilesystem } from './storage-model.js';

/** The design's storage, with / and /boot found in it. */
export interface WantedStorage {
  readonly disks: readonly StorageDevice[];
  readonly groups: readonly VolumeGroup[];
  readonly root: WantedRoot;
}

export interface WantedRoot {
  readonly disk: StorageDevice;
  readonly boot: Partition | null;
  /** The partition of /, or the group's member on the root disk; null: the whole disk is the member. */
  readonly partition: Partition | null;
  readonly volume: { readonly group: VolumeGroup; readonly volume: LogicalVolume } | null;
}

export type StorageWish = { readonly wanted: WantedStorage } | { readonly problem: string };

/** Reads the design's storage. Says what MAAS cannot lay out. */
export function wantStorage(disks: readonly StorageDevice[], groups: readonly VolumeGroup[]): StorageWish {
  const boots = partitionsAt(disks, '/boot');
  const root = rootVolume(disks, groups) ?? rootPartition(disks);
  if (root === null) return { problem: 'no partition or logical volume of the design is mounted at /; add one' };
  if ('problem' in root) return root;
  const [boot] = boots;
  if (boot !== undefined && boot.disk !== root.disk) {
    return { problem: `/boot is on ${boot.disk.name} and / on ${root.disk.name}; put both on one disk` };
  }
  return { wanted: { disks, groups, root: { ...root, boot: boot?.partition ?? null } } };
}

type Root = Omit<WantedRoot, 'boot'>;

function rootPartition(disks: readonly StorageDevice[]): Root | null {
  const [found] = partitionsAt(disks, '/');
  return found === undefined ? null : { ...found, volume: null };
}

function rootVolume(
  disks: readonly StorageDevice[],
  groups: readonly VolumeGroup[],
): Root | { readonly problem: string } | null {
  for (const group of groups) {
    const volume = group.logicalVolumes.find((candidate) => candidate.filesystem?.mountpoint === '/');
    if (volume === undefined) continue;
    const whole = disks.filter((disk) => disk.volumeGroup === group.name).map((disk) => ({ disk, partition: null }));
    const parts = disks.flatMap((disk) =>
      disk.partitions
        .filter((partition) => partition.volumeGroup === group.name)
        .map((partition) => ({ disk, partition })),
    );
    const [member, ...others] = [...whole, ...parts];
    if (member === undefined || others.length > 0) {
      return {
        problem: `volume group ${group.name} holds / and has ${others.length + (member ? 1 : 0)} members; MAAS needs exactly one`,
      };
    }
    return { ...member, volume: { group, volume } };
  }
  return null;
}

function partitionsAt(disks: readonly StorageDevice[], mountPoint: string) {
  return disks.flatMap((disk) =>
    disk.partitions
      .filter((partition) => partition.filesystem?.mountpoint === mountPoint)
      .map((partition) => ({ disk, partition })),
  );
}

/** The partitions of a disk that are made one by one: all but those that the layout makes. */
export function plainPartitions(disk: StorageDevice, root: WantedRoot): readonly Partition[] {
  return disk.partitions.filter((partition) => partition !== root.boot && partition !== root.partition);
}

export function wantedFilesystem(filesystem: Filesystem | null): WantedFilesystem | null {
  if (filesystem === null) return null;
  const { type, label, uuid, mountOptions } = filesystem;
  return { type, label, uuid, mountPoint: type === 'swap' ? 'none' : filesystem.mountpoint, mountOptions };
}

/** @throws StorageProblem naming the thing */
export function bytesOf(expression: string | null, context: SizeContext, what: string): number {
  if (expression === null) throw new StorageProblem(`${what} has no size in the design; give it one`);
  const size = parseSize(expression);
  const bytes = isSizeError(size) ? size : sizeInBytes(size, context);
  if (typeof bytes === 'number') return bytes;
  throw new StorageProblem(
    `${what} cannot have the size ${expression}: ${bytes.error}; make it smaller or use a larger disk`,
  );
}

/** The design asks for storage that cannot be on this machine. */
export class StorageProblem extends Error {}
