import type {
  FilesystemPlace,
  FoundDisk,
  FoundFilesystem,
  FoundGroup,
  FoundPartition,
  FoundStorage,
  FoundVolume,
} from './storage-model.js';

/** What MAAS answered to one change. */
export type StorageAnswer =
  | { readonly kind: 'boot_disk'; readonly diskId: number }
  | { readonly kind: 'partition'; readonly diskId: number; readonly partition: FoundPartition }
  | { readonly kind: 'group'; readonly group: FoundGroup }
  | { readonly kind: 'volume'; readonly groupId: number; readonly volume: FoundVolume }
  | { readonly kind: 'filesystem'; readonly place: FilesystemPlace; readonly filesystem: FoundFilesystem | null };

/** The storage as it is after that answer, so that what follows can be planned without reading all again. */
export function storageAfter(found: FoundStorage, answer: StorageAnswer): FoundStorage {
  switch (answer.kind) {
    case 'boot_disk':
      return { ...found, bootDiskId: answer.diskId };
    case 'partition':
      return withDisk(found, answer.diskId, (disk) => addPartition(disk, answer.partition));
    case 'group':
      return { ...found, groups: [...found.groups.filter((group) => group.id !== answer.group.id), answer.group] };
    case 'volume':
      return withVolumes(found, (volumes, group) =>
        group.id === answer.groupId ? [...volumes, answer.volume] : volumes,
      );
    case 'filesystem':
      return withFilesystem(found, answer.place, answer.filesystem);
  }
}

function addPartition(disk: FoundDisk, partition: FoundPartition): FoundDisk {
  const availableBytes = Math.max(0, disk.availableBytes - partition.sizeBytes);
  return { ...disk, availableBytes, partitions: [...disk.partitions, partition] };
}

function withFilesystem(found: FoundStorage, place: FilesystemPlace, filesystem: FoundFilesystem | null): FoundStorage {
  if (place.kind === 'volume') {
    return withVolumes(found, (volumes) =>
      volumes.map((volume) => (volume.id === place.volumeId ? { ...volume, filesystem } : volume)),
    );
  }
  return withDisk(found, place.diskId, (disk) => ({
    ...disk,
    partitions: disk.partitions.map((partition) =>
      partition.id === place.partitionId ? { ...partition, filesystem } : partition,
    ),
  }));
}

function withDisk(found: FoundStorage, diskId: number, change: (disk: FoundDisk) => FoundDisk): FoundStorage {
  return { ...found, disks: found.disks.map((disk) => (disk.id === diskId ? change(disk) : disk)) };
}

function withVolumes(
  found: FoundStorage,
  change: (volumes: readonly FoundVolume[], group: FoundGroup) => readonly FoundVolume[],
): FoundStorage {
  return { ...found, groups: found.groups.map((group) => ({ ...group, volumes: change(group.volumes, group) })) };
}
