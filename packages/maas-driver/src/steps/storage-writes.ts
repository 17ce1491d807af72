import type { Effect } from '@drydock/model';
import type { StorageAnswer } from '../diff/storage-after.js';
import { storageFacts } from '../diff/storage-facts.js';
import type { FilesystemPlace, StorageChange, WantedFilesystem } from '../diff/storage-model.js';
import type { FormFields } from '../http/form-body.js';
import type { MachineWrite } from '../http/machine-write.js';
import { readGroup, readPartition, readVolume, readVolumeFilesystem } from '../resources/storage-document.js';

export type LayoutChange = Extract<StorageChange, { kind: 'set_storage_layout' }>;
export type PlainChange = Exclude<StorageChange, LayoutChange>;

export function storageEffect(systemId: string, change: StorageChange): Effect {
  return { ...storageFacts(change), kind: change.kind, systemId };
}

/** The request of one change. */
export function storageWrite(systemId: string, change: StorageChange): MachineWrite {
  const effect = storageEffect(systemId, change);
  const node = `nodes/${systemId}/`;
  switch (change.kind) {
    case 'set_boot_disk':
      return { method: 'POST', path: `${node}blockdevices/${change.diskId}/`, op: 'set_boot_disk', effect };
    case 'set_storage_layout':
      return {
        method: 'POST',
        path: `machines/${systemId}/`,
        op: 'set_storage_layout',
        fields: layoutFields(change),
        effect,
      };
    case 'create_partition': {
      const fields = { size: change.sizeBytes, bootable: change.isBootable, uuid: change.uuid ?? undefined };
      return { method: 'POST', path: `${node}blockdevices/${change.diskId}/partitions/`, fields, effect };
    }
    case 'create_volume_group': {
      // One parameter per member (reference 04 W-8).
      const fields = {
        name: change.name,
        uuid: change.uuid ?? undefined,
        block_devices: change.diskIds,
        partitions: change.partitionIds,
      };
      return { method: 'POST', path: `${node}volume-groups/`, fields, effect };
    }
    case 'create_logical_volume': {
      const fields = { name: change.name, uuid: change.uuid ?? undefined, size: change.sizeBytes };
      return {
        method: 'POST',
        path: `${node}volume-group/${change.groupId}/`,
        op: 'create_logical_volume',
        fields,
        effect,
      };
    }
    case 'unmount':
    case 'unformat':
      return { method: 'POST', path: placePath(node, change.place), op: change.kind, effect };
    case 'format':
      return {
        method: 'POST',
        path: placePath(node, change.place),
        op: 'format',
        fields: formatFields(change.filesystem),
        effect,
      };
    case 'mount':
      return {
        method: 'POST',
        path: placePath(node, change.place),
        op: 'mount',
        fields: mountFields(change.filesystem),
        effect,
      };
  }
}

/** Reads the answer to a change; MAAS answers with the object that changed. */
export function readStorageAnswer(change: PlainChange, answer: unknown): StorageAnswer {
  switch (change.kind) {
    case 'set_boot_disk':
      return { kind: 'boot_disk', diskId: change.diskId };
    case 'create_partition':
      return { kind: 'partition', diskId: change.diskId, partition: readPartition(answer) };
    case 'create_volume_group':
      return { kind: 'group', group: readGroup(answer) };
    case 'create_logical_volume':
      return { kind: 'volume', groupId: change.groupId, volume: readVolume(answer, change.group) };
    case 'unmount':
    case 'unformat':
    case 'format':
    case 'mount': {
      const filesystem =
        change.place.kind === 'partition' ? readPartition(answer).filesystem : readVolumeFilesystem(answer);
      return { kind: 'filesystem', place: change.place, filesystem };
    }
  }
}

function layoutFields(change: LayoutChange): FormFields {
  const { volume } = change;
  return {
    storage_layout: volume === null ? 'flat' : 'lvm',
    root_device: change.diskId,
    root_size: change.rootBytes ?? undefined,
    boot_size: change.bootBytes ?? undefined,
    vg_name: volume?.group,
    lv_name: volume?.name,
    lv_size: volume?.sizeBytes ?? undefined,
  };
}

/** Partitions have no trailing slash (reference 05 §2). */
function placePath(node: string, place: FilesystemPlace): string {
  if (place.kind === 'partition') return `${node}blockdevices/${place.diskId}/partition/${place.partitionId}`;
  return `${node}blockdevices/${place.volumeId}/`;
}

function formatFields(filesystem: WantedFilesystem): FormFields {
  return {
    fstype: filesystem.type,
    uuid: filesystem.uuid ?? undefined,
    label: filesystem.label ?? undefined,
  };
}

function mountFields(filesystem: WantedFilesystem): FormFields {
  return {
    mount_point: filesystem.mountPoint ?? undefined,
    mount_options: filesystem.mountOptions === '' ? undefined : filesystem.mountOptions,
  };
}
