import type { BlockDeviceState, FilesystemState, MaasMachineState, VolumeGroupState } from '@drydock/maas-simulator';
import type { CompiledNode, Filesystem, LogicalVolume, StorageDevice, VolumeGroup } from '@drydock/model';
import { checkSize } from './check-size.js';
import { devicesOf } from './devices-of.js';
import type { Comparison } from './problem.js';

/** Made by MAAS for the firmware, not by the design. */
const firmwareMountPoint = '/boot/efi';

/** Partitions, volume groups, logical volumes, filesystems, mount points and sizes; and that there is nothing more. */
export function checkStorage(node: CompiledNode, maas: MaasMachineState, comparison: Comparison): void {
  const names = new Map(devicesOf(node).disks.map(({ device, name }) => [device, name]));
  for (const disk of node.storage.devices) {
    const name = names.get(disk.name) ?? disk.name;
    const found = maas.blockDevices.find((device) => device.name === name && device.type === 'physical');
    if (found === undefined) comparison.note(`disk ${disk.name}`, name, 'missing');
    else checkDisk(disk, found, comparison);
  }
  for (const group of node.storage.volumeGroups) {
    const found = maas.volumeGroups.find(({ name }) => name === group.name);
    if (found === undefined) comparison.note(`volume group ${group.name}`, 'there', 'missing');
    else checkGroup(group, { found, members: membersOf(node, group, names) }, comparison);
  }
  comparison.expectSet(
    'volume groups',
    node.storage.volumeGroups.map(({ name }) => name),
    maas.volumeGroups.map(({ name }) => name),
  );
}

function checkDisk(disk: StorageDevice, found: BlockDeviceState, comparison: Comparison): void {
  const what = `disk ${disk.name} (${found.name})`;
  comparison.expect(`volume group of ${what}`, disk.volumeGroup, found.volumeGroup);
  comparison.expect(`filesystem of ${what}`, null, found.filesystem?.fstype ?? null);
  if (disk.partitions.some(({ filesystem }) => filesystem?.mountpoint === '/')) {
    comparison.expect(`${what} is the boot disk`, true, found.isBootDisk);
  }
  const partitions = found.partitions.filter(({ filesystem }) => filesystem?.mountPoint !== firmwareMountPoint);
  comparison.expect(`partitions of ${what}`, disk.partitions.length, partitions.length);
  const left = [...partitions];
  const usedBytes = partitions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const partition of disk.partitions) {
    const name = `partition ${partition.name} of ${what}`;
    // Partitions have no names in MAAS: by mount point, else by volume group, else the first that is left.
    const match = left.findIndex((candidate) =>
      partition.filesystem?.mountpoint
        ? candidate.filesystem?.mountPoint === partition.filesystem.mountpoint
        : candidate.volumeGroup === partition.volumeGroup && !candidate.filesystem?.mountPoint,
    );
    const [real] = match < 0 ? [] : left.splice(match, 1);
    if (real === undefined) {
      comparison.note(name, partition.filesystem?.mountpoint ?? partition.volumeGroup, 'missing');
      continue;
    }
    comparison.expect(`volume group of ${name}`, partition.volumeGroup, real.volumeGroup);
    checkVolume(name, { wanted: partition, found: real, room: { totalBytes: found.sizeBytes, usedBytes } }, comparison);
  }
}

function membersOf(node: CompiledNode, group: VolumeGroup, names: ReadonlyMap<string, string>): readonly string[] {
  return node.storage.devices.flatMap((disk) => {
    const name = names.get(disk.name) ?? disk.name;
    const partitions = disk.partitions
      .filter(({ volumeGroup }) => volumeGroup === group.name)
      .map(() => `${name}-part`);
    return disk.volumeGroup === group.name ? [name, ...partitions] : partitions;
  });
}

function checkGroup(
  group: VolumeGroup,
  { found, members }: { readonly found: VolumeGroupState; readonly members: readonly string[] },
  comparison: Comparison,
): void {
  const what = `volume group ${group.name}`;
  comparison.expectSet(`members of ${what}`, members, found.members);
  comparison.expectSet(
    `logical volumes of ${what}`,
    group.logicalVolumes.map(({ name }) => name),
    found.logicalVolumes.map(({ name }) => name),
  );
  const usedBytes = found.logicalVolumes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const volume of group.logicalVolumes) {
    const name = `logical volume ${volume.name} of ${what}`;
    const real = found.logicalVolumes.find((candidate) => candidate.name === volume.name);
    if (real === undefined) continue;
    checkVolume(name, { wanted: volume, found: real, room: { totalBytes: found.sizeBytes, usedBytes } }, comparison);
  }
}

/** Filesystem and size of a partition or logical volume, in the room of its disk or group. */
function checkVolume(what: string, { wanted, found, room }: VolumePair, comparison: Comparison): void {
  checkFilesystem(what, { wanted: wanted.filesystem, found: found.filesystem }, comparison);
  const { totalBytes, usedBytes } = room;
  const sizes = { size: wanted.size, foundBytes: found.sizeBytes, totalBytes, freeBytes: totalBytes - usedBytes };
  checkSize(what, sizes, comparison);
}

interface VolumePair {
  readonly wanted: Pick<LogicalVolume, 'filesystem' | 'size'>;
  readonly found: { readonly filesystem: FilesystemState | null; readonly sizeBytes: number };
  readonly room: { readonly totalBytes: number; readonly usedBytes: number };
}

function checkFilesystem(
  what: string,
  { wanted, found }: { readonly wanted: Filesystem | null; readonly found: FilesystemState | null },
  comparison: Comparison,
): void {
  comparison.expect(`filesystem of ${what}`, wanted?.type ?? null, found?.fstype ?? null);
  if (wanted === null || found === null) return;
  if (wanted.type !== 'swap') comparison.expect(`mount point of ${what}`, wanted.mountpoint, found.mountPoint);
  const isMounted = wanted.mountpoint !== null && wanted.type !== 'swap';
  // `defaults` and no options are the same to mount(8).
  if (isMounted) {
    comparison.expect(`mount options of ${what}`, wanted.mountOptions || 'defaults', found.mountOptions || 'defaults');
  }
  if (wanted.label !== null) comparison.expect(`label of ${what}`, wanted.label, found.label);
}
