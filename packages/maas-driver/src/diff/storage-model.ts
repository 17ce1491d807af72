/** A machine's storage as far as the design speaks of it. Ids are MAAS's, sizes bytes. */
export interface FoundFilesystem {
  readonly type: string;
  readonly label: string | null;
  readonly uuid: string | null;
  readonly mountPoint: string | null;
  readonly mountOptions: string;
}

export interface FoundPartition {
  readonly id: number;
  readonly sizeBytes: number;
  readonly isBootable: boolean;
  readonly filesystem: FoundFilesystem | null;
}

export interface FoundDisk {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly availableBytes: number;
  readonly filesystem: FoundFilesystem | null;
  /** In order of creation. */
  readonly partitions: readonly FoundPartition[];
}

export interface FoundVolume {
  readonly id: number;
  /** Without the name of its group. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly filesystem: FoundFilesystem | null;
}

export interface FoundGroup {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly diskIds: readonly number[];
  readonly partitionIds: readonly number[];
  readonly volumes: readonly FoundVolume[];
}

export interface FoundStorage {
  readonly bootDiskId: number | null;
  readonly disks: readonly FoundDisk[];
  readonly groups: readonly FoundGroup[];
}

export interface WantedFilesystem {
  readonly type: string;
  /** Null: any. */
  readonly label: string | null;
  /** Null: any. */
  readonly uuid: string | null;
  /** Null: formatted and not mounted; `none` for swap. */
  readonly mountPoint: string | null;
  readonly mountOptions: string;
}

/** Where a filesystem is. */
export type FilesystemPlace =
  | { readonly kind: 'partition'; readonly diskId: number; readonly partitionId: number }
  | { readonly kind: 'volume'; readonly volumeId: number };

interface Layout {
  readonly disk: string;
  readonly diskId: number;
  readonly bootBytes: number | null;
  /** Null: what is left. */
  readonly rootBytes: number | null;
  /** For / on a logical volume. */
  readonly volume: { readonly group: string; readonly name: string; readonly sizeBytes: number | null } | null;
}

export type StorageChange =
  | { readonly kind: 'set_boot_disk'; readonly disk: string; readonly diskId: number }
  /** Wipes everything and lays the root disk out; the rest is planned anew after it. */
  | ({ readonly kind: 'set_storage_layout'; readonly reason: string } & Layout)
  | {
      readonly kind: 'create_partition';
      readonly disk: string;
      readonly diskId: number;
      /** Counts from 0, in order of creation. */
      readonly index: number;
      readonly sizeBytes: number;
      readonly isBootable: boolean;
      readonly uuid: string | null;
    }
  | {
      readonly kind: 'create_volume_group';
      readonly name: string;
      readonly uuid: string | null;
      readonly diskIds: readonly number[];
      readonly partitionIds: readonly number[];
    }
  | {
      readonly kind: 'create_logical_volume';
      readonly group: string;
      readonly groupId: number;
      readonly name: string;
      readonly uuid: string | null;
      readonly sizeBytes: number;
    }
  | { readonly kind: 'unmount' | 'unformat'; readonly of: string; readonly place: FilesystemPlace }
  | {
      readonly kind: 'format' | 'mount';
      readonly of: string;
      readonly place: FilesystemPlace;
      readonly filesystem: WantedFilesystem;
    };

export const alignmentBytes = 4 * 1024 ** 2;

/** MAAS rounds; nearer than this is equal (reference 04 R-23). */
export const toleranceBytes = 8 * 1024 ** 2;

export function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= toleranceBytes;
}

export function alignDown(sizeBytes: number): number {
  return Math.floor(sizeBytes / alignmentBytes) * alignmentBytes;
}

/** What partitions may fill of a disk when none is there. */
export function roomOf(disk: FoundDisk): number {
  const taken = disk.partitions.reduce((sum, partition) => sum + partition.sizeBytes, 0);
  if (taken > 0 || disk.availableBytes > 0) return disk.availableBytes + taken;
  // In a group, or formatted whole, MAAS shows nothing available: what its table and boot loader partition leave.
  return alignDown(Math.max(0, disk.sizeBytes - 6 * 1024 ** 2));
}
