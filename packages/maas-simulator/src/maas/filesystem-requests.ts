import type { BlockDevice, Machine, Partition } from '../world/machine.js';
import { mayRun } from '../world/machine-status.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

/** Something that can hold a filesystem. */
export type Formattable =
  | { readonly kind: 'block device'; readonly object: BlockDevice }
  | { readonly kind: 'partition'; readonly object: Partition };

const filesystemTypes = ['ext2', 'ext4', 'xfs', 'fat32', 'vfat', 'swap', 'btrfs', 'zfsroot'];
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** `op=format` (05 §8.4). */
export function format(call: Call, machine: Machine, target: Formattable): void {
  requireFormatStatus(machine, target, 'format');
  const { form, world } = call;
  const fstype = form.require('fstype');
  if (!filesystemTypes.includes(fstype)) {
    throw refuse.field('fstype', `Select a valid choice. ${fstype} is not one of the available choices.`);
  }
  if (target.object.volumeGroupId !== null) {
    throw refuse.text(400, `Cannot format ${target.kind} because it is in use by a volume group.`);
  }
  if (target.kind === 'block device' && target.object.partitions.length > 0) {
    throw refuse.text(400, 'Cannot format block device with a partition table.');
  }
  const uuid = requireUuid(call) ?? world.random.uuid();
  target.object.filesystem = { fstype, label: form.get('label') ?? '', uuid, mountPoint: null, mountOptions: null };
}

/** A version 4 UUID, if one is given. */
export function requireUuid(call: Call): string | undefined {
  const uuid = call.form.get('uuid') ?? '';
  if (uuid === '') return undefined;
  if (!uuid4.test(uuid)) throw refuse.field('uuid', 'Enter a valid UUID.');
  return uuid;
}

/** `op=unformat`. */
export function unformat(_call: Call, machine: Machine, target: Formattable): void {
  requireFormatStatus(machine, target, 'unformat');
  const { filesystem } = target.object;
  if (filesystem === null) throw refuse.text(400, `${capitalized(target)} is not formatted.`);
  if (filesystem.mountPoint !== null) {
    throw refuse.text(
      400,
      'Filesystem is mounted and cannot be unformatted. Unmount the filesystem before unformatting.',
    );
  }
  target.object.filesystem = null;
}

/** `op=mount`: an absolute path, once per machine; `none` for swap. */
export function mount(call: Call, machine: Machine, target: Formattable): void {
  requireFormatStatus(machine, target, 'mount');
  const { filesystem } = target.object;
  if (filesystem === null) throw refuse.text(400, 'Cannot mount an unformatted partition or block device.');
  const mountPoint = filesystem.fstype === 'swap' ? 'none' : call.form.require('mount_point');
  if (mountPoint !== 'none' && !mountPoint.startsWith('/')) {
    throw refuse.field('mount_point', 'Enter an absolute path, like /srv.');
  }
  const isTaken = filesystemsOf(machine).some((other) => other !== filesystem && other.mountPoint === mountPoint);
  if (isTaken && mountPoint !== 'none')
    throw refuse.field('mount_point', 'Another filesystem is already mounted there.');
  filesystem.mountPoint = mountPoint;
  filesystem.mountOptions = call.form.get('mount_options') ?? '';
}

/** `op=unmount`. */
export function unmount(_call: Call, machine: Machine, target: Formattable): void {
  requireFormatStatus(machine, target, 'unmount');
  const { filesystem } = target.object;
  if (filesystem === null || filesystem.mountPoint === null) throw refuse.text(400, 'Filesystem is already unmounted.');
  filesystem.mountPoint = null;
  filesystem.mountOptions = null;
}

function filesystemsOf(machine: Machine) {
  return machine.blockDevices
    .flatMap((device) => [device.filesystem, ...device.partitions.map((partition) => partition.filesystem)])
    .filter((filesystem) => filesystem !== null);
}

function requireFormatStatus(machine: Machine, target: Formattable, verb: string): void {
  if (mayRun('format', machine.status)) return;
  throw refuse.state(`Cannot ${verb} ${target.kind} because the machine is not Ready or Allocated.`);
}

function capitalized(target: Formattable): string {
  return target.kind === 'partition' ? 'Partition' : 'Block device';
}
