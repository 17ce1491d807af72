import { listOf, mapOf, namedMapOf } from '../shapes/containers.js';
import { flag } from '../shapes/flag-shapes.js';
import { formatted, uuidFormat } from '../shapes/format-shapes.js';
import { optional, required } from '../shapes/presence.js';
import { afterwards, section } from '../shapes/section.js';
import { text, textEntry, uncheckedText } from '../shapes/text-shapes.js';

const filesystemFields = {
  mountpoint: text,
  fstype: text,
  mount_options: text,
  fs_uuid: formatted(text, uuidFormat),
  fs_label: text,
};

/** `!` takes back an inherited volume group instead of naming one (reference 02 §4.2). */
const isGiven = (volumeGroup: string | null): boolean => volumeGroup !== null && volumeGroup !== '!';

const partition = afterwards(
  section({
    name: required(text),
    size: text,
    part_uuid: formatted(text, uuidFormat),
    labels: mapOf(textEntry),
    bootable: flag,
    volume_group: text,
    filesystem: optional(section(filesystemFields)),
  }),
  ({ volume_group, filesystem }, at) => {
    if (!isGiven(volume_group) || filesystem === null) return;
    at.report('ignored', {
      key: 'filesystem',
      message: 'is ignored, because the partition is given to a volume group',
      advice: 'remove one of the two',
    });
  },
);

const device = afterwards(
  section({ labels: mapOf(textEntry), volume_group: text, partitions: listOf(partition) }, 'strayKey'),
  ({ volume_group, partitions }, at) => {
    if (!isGiven(volume_group) || partitions.length === 0) return;
    at.report('ignored', {
      key: 'partitions',
      message: 'are ignored, because the device is given to a volume group',
      advice: 'remove one of the two',
    });
  },
);

const logicalVolume = section(
  {
    name: required(uncheckedText),
    lv_uuid: formatted(uncheckedText, uuidFormat),
    size: uncheckedText,
    filesystem: optional(section(filesystemFields, 'strayKey')),
  },
  'strayKey',
);

/** Reference 02 §3.7. */
export const storageShape = section(
  {
    physical_devices: namedMapOf(device),
    volume_groups: namedMapOf(section({ vg_uuid: text, logical_volumes: listOf(logicalVolume) }, 'strayKey')),
  },
  'strayKey',
);
