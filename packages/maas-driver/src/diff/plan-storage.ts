import type { Partition, StorageDevice, VolumeGroup } from '@drydock/model';
import { layoutChange, layoutMismatch, rootDiskParts, rootSizes } from './plan-layout.js';
import { planFilesystem } from './plan-filesystem.js';
import { Misfit } from './misfit.js';
import { planGroup } from './plan-group.js';
import {
  alignDown,
  isNear,
  roomOf,
  type FoundDisk,
  type FoundPartition,
  type FoundStorage,
  type StorageChange,
} from './storage-model.js';
import { bytesOf, plainPartitions, StorageProblem, wantedFilesystem, type WantedStorage } from './want-storage.js';

/**
 * Found storage × wanted storage → changes, in order, as far as they can be told now: what stands on things that are
 * yet to be made is planned when they are there. Empty when the machine is as wanted.
 * @throws StorageProblem when the design does not fit the machine
 */
export function planStorage(found: FoundStorage, wanted: WantedStorage): readonly StorageChange[] {
  const disk = requireDisk(found, wanted.root.disk);
  const bootDisk: readonly StorageChange[] =
    found.bootDiskId === disk.id ? [] : [{ kind: 'set_boot_disk', disk: disk.name, diskId: disk.id }];
  const sizes = rootSizes(disk, wanted.root);
  const mismatch = layoutMismatch(found, wanted, sizes);
  const layout = (reason: string) => [...bootDisk, layoutChange(disk, wanted.root, { sizes, reason })];
  if (mismatch !== null) return layout(mismatch);
  try {
    const disks = wanted.disks.flatMap((design) => planDisk(requireDisk(found, design), design, wanted));
    const groups = wanted.groups.flatMap((group) => planGroup(found, group, membersOf(found, wanted, group)));
    return [...bootDisk, ...disks, ...groups];
  } catch (error) {
    if (error instanceof Misfit) return layout(error.message);
    throw error;
  }
}

function requireDisk(found: FoundStorage, design: StorageDevice): FoundDisk {
  const disk = found.disks.find((candidate) => candidate.name === design.name);
  if (disk !== undefined) return disk;
  const names = found.disks.map((candidate) => candidate.name).join(', ');
  throw new StorageProblem(
    `the machine has no disk ${design.name}, it has ${names || 'none'}; correct the device aliases of the hardware profile`,
  );
}

function planDisk(disk: FoundDisk, design: StorageDevice, wanted: WantedStorage): readonly StorageChange[] {
  const { root } = wanted;
  if (design !== root.disk) return planPartitions(disk, { design: design.partitions, found: disk.partitions });
  const parts = rootDiskParts(disk, root);
  const layouted = [
    ...(root.boot === null || parts.boot === undefined ? [] : [[root.boot, parts.boot] as const]),
    ...(root.partition === null || parts.root === undefined || root.volume !== null
      ? []
      : [[root.partition, parts.root] as const]),
  ];
  const filesystems = layouted.flatMap(([wish, partition]) => planPartitionFilesystem(disk, wish, partition));
  return [...filesystems, ...planPartitions(disk, { design: plainPartitions(design, root), found: parts.others })];
}

interface Pairing {
  readonly design: readonly Partition[];
  /** In order of creation; never more than wanted. */
  readonly found: readonly FoundPartition[];
}

function planPartitions(disk: FoundDisk, pairing: Pairing): readonly StorageChange[] {
  const changes: StorageChange[] = [];
  const paired = new Set(pairing.found);
  const others = disk.partitions.filter((partition) => !paired.has(partition));
  let left = roomOf(disk) - others.reduce((sum, partition) => sum + partition.sizeBytes, 0);
  let index = others.length;
  for (const [position, wish] of pairing.design.entries()) {
    const context = { totalBytes: disk.sizeBytes, availableBytes: Math.max(0, left) };
    const sizeBytes = bytesOf(
      wish.size,
      context,
      `partition ${wish.name} on disk ${disk.name} (${disk.sizeBytes} bytes)`,
    );
    const partition = pairing.found[position];
    if (partition === undefined) {
      const { isBootable, uuid } = wish;
      changes.push({ kind: 'create_partition', disk: disk.name, diskId: disk.id, index, sizeBytes, isBootable, uuid });
    } else {
      if (!isNear(partition.sizeBytes, sizeBytes) || partition.isBootable !== wish.isBootable) {
        throw new Misfit(
          `partition ${wish.name} on ${disk.name} is ${partition.sizeBytes} bytes instead of ${sizeBytes}`,
        );
      }
      changes.push(...planPartitionFilesystem(disk, wish, partition));
    }
    left -= partition?.sizeBytes ?? alignDown(sizeBytes);
    index += 1;
  }
  return changes;
}

function planPartitionFilesystem(
  disk: FoundDisk,
  wish: Partition,
  partition: FoundPartition,
): readonly StorageChange[] {
  const place = { kind: 'partition' as const, diskId: disk.id, partitionId: partition.id };
  return planFilesystem(
    { of: `${disk.name}/${wish.name}`, place },
    partition.filesystem,
    wantedFilesystem(wish.filesystem),
  );
}

/** The members of a group that are there; null while some are not. */
function membersOf(found: FoundStorage, wanted: WantedStorage, group: VolumeGroup) {
  const diskIds: number[] = [];
  const partitionIds: number[] = [];
  for (const design of wanted.disks) {
    const disk = requireDisk(found, design);
    if (design.volumeGroup === group.name) {
      // MAAS turns a whole root disk into one partition.
      if (design === wanted.root.disk) partitionIds.push(rootDiskParts(disk, wanted.root).root?.id ?? NaN);
      else diskIds.push(disk.id);
    }
    for (const partition of design.partitions.filter((candidate) => candidate.volumeGroup === group.name)) {
      const id = partitionIdOf(disk, { design, partition, wanted });
      if (id === undefined) return null;
      partitionIds.push(id);
    }
  }
  return { diskIds, partitionIds };
}

function partitionIdOf(
  disk: FoundDisk,
  wish: { readonly design: StorageDevice; readonly partition: Partition; readonly wanted: WantedStorage },
): number | undefined {
  const { root } = wish.wanted;
  if (wish.design !== root.disk) return disk.partitions[wish.design.partitions.indexOf(wish.partition)]?.id;
  const parts = rootDiskParts(disk, root);
  if (wish.partition === root.partition) return parts.root?.id;
  return parts.others[plainPartitions(wish.design, root).indexOf(wish.partition)]?.id;
}
