import { flag, labelText, looseText, text } from '../shapes/scalars.js';
import { listOf, mapOf, nullable, optional, required, section } from '../shapes/containers.js';

const filesystemFields = { mountpoint: text, fstype: text, mount_options: text, fs_uuid: text, fs_label: text };

const partition = section({
  name: required(text),
  size: text,
  part_uuid: text,
  labels: mapOf((value, at) => text(value, at) ?? ''),
  bootable: flag,
  volume_group: text,
  filesystem: optional(section(filesystemFields)),
});

const logicalVolume = section(
  {
    name: required(looseText),
    lv_uuid: looseText,
    size: looseText,
    filesystem: optional(section(filesystemFields, 'advised')),
  },
  'advised',
);

/** Reference 02 §3.7. */
export const storageShape = section(
  {
    physical_devices: mapOf(
      section({ labels: mapOf(labelText), volume_group: nullable(text), partitions: listOf(partition) }, 'advised'),
    ),
    volume_groups: mapOf(section({ vg_uuid: text, logical_volumes: listOf(logicalVolume) }, 'advised')),
  },
  'advised',
);
