import type { LogicalVolume, VolumeGroup } from '@drydock/model';
import { planFilesystem } from './plan-filesystem.js';
import { Misfit } from './misfit.js';
import {
  alignDown,
  isNear,
  type FoundGroup,
  type FoundStorage,
  type FoundVolume,
  type StorageChange,
} from './storage-model.js';
import { bytesOf, StorageProblem, wantedFilesystem } from './want-storage.js';

export interface GroupMembers {
  readonly diskIds: readonly number[];
  readonly partitionIds: readonly number[];
}

/** @param members null while some of them are yet to be made */
export function planGroup(
  found: FoundStorage,
  wish: VolumeGroup,
  members: GroupMembers | null,
): readonly StorageChange[] {
  const group = found.groups.find((candidate) => candidate.name === wish.name);
  if (group === undefined) return members === null ? [] : [createGroup(wish, members)];
  const isSame =
    members !== null &&
    isSameSet(group.diskIds, members.diskIds) &&
    isSameSet(group.partitionIds, members.partitionIds);
  if (!isSame) throw new Misfit(`volume group ${group.name} has other members`);
  return planVolumes(group, wish);
}

function createGroup(wish: VolumeGroup, members: GroupMembers): StorageChange {
  if (members.diskIds.length + members.partitionIds.length === 0) {
    throw new StorageProblem(`volume group ${wish.name} has no members; name it on a disk or partition of the design`);
  }
  return { kind: 'create_volume_group', name: wish.name, uuid: wish.uuid, ...members };
}

/** Each volume is taken from what those before it left. */
function planVolumes(group: FoundGroup, wish: VolumeGroup): readonly StorageChange[] {
  const changes: StorageChange[] = [];
  let left = group.sizeBytes;
  for (const design of inOrderOfCreation(wish.logicalVolumes)) {
    const context = { totalBytes: group.sizeBytes, availableBytes: Math.max(0, left) };
    const what = `logical volume ${design.name} of volume group ${wish.name} (${group.sizeBytes} bytes)`;
    const sizeBytes = bytesOf(design.size, context, what);
    const volume = group.volumes.find((candidate) => candidate.name === design.name);
    changes.push(
      ...(volume === undefined
        ? [createVolume(group, design, sizeBytes)]
        : planVolume(group, { design, volume, sizeBytes })),
    );
    left -= volume?.sizeBytes ?? alignDown(sizeBytes);
  }
  return changes;
}

/** The layout makes the volume of / before any other. */
function inOrderOfCreation(volumes: readonly LogicalVolume[]): readonly LogicalVolume[] {
  const isRoot = (volume: LogicalVolume) => volume.filesystem?.mountpoint === '/';
  return [...volumes.filter(isRoot), ...volumes.filter((volume) => !isRoot(volume))];
}

function createVolume(group: FoundGroup, design: LogicalVolume, sizeBytes: number): StorageChange {
  return {
    kind: 'create_logical_volume',
    group: group.name,
    groupId: group.id,
    name: design.name,
    uuid: design.uuid,
    sizeBytes,
  };
}

function planVolume(
  group: FoundGroup,
  pair: { readonly design: LogicalVolume; readonly volume: FoundVolume; readonly sizeBytes: number },
): readonly StorageChange[] {
  const { design, volume, sizeBytes } = pair;
  const of = `${group.name}/${design.name}`;
  if (!isNear(volume.sizeBytes, sizeBytes)) {
    throw new Misfit(`logical volume ${of} is ${volume.sizeBytes} bytes instead of ${sizeBytes}`);
  }
  const place = { kind: 'volume' as const, volumeId: volume.id };
  return planFilesystem({ of, place }, volume.filesystem, wantedFilesystem(design.filesystem));
}

function isSameSet(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
