import type { StorageChange } from './storage-model.js';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** What a change is about, small enough for an announcement: two changes with equal facts are one. */
export function storageFacts(change: StorageChange): Facts {
  switch (change.kind) {
    case 'set_boot_disk':
      return { disk: change.disk };
    case 'set_storage_layout': {
      const { disk, bootBytes, rootBytes, volume } = change;
      return { disk, bootBytes, rootBytes, volume: volume === null ? null : `${volume.group}/${volume.name}` };
    }
    case 'create_partition':
      return { disk: change.disk, index: change.index };
    case 'create_volume_group':
      return { name: change.name };
    case 'create_logical_volume':
      return { group: change.group, name: change.name };
    case 'unmount':
    case 'unformat':
      return { of: change.of };
    case 'format':
      return { of: change.of, type: change.filesystem.type };
    case 'mount':
      return { of: change.of, mountPoint: change.filesystem.mountPoint };
  }
}

export function describeStorageChange(change: StorageChange): string {
  const facts = Object.entries(storageFacts(change)).filter(([, value]) => value !== null);
  const reason = change.kind === 'set_storage_layout' ? ` because ${change.reason}` : '';
  return `${change.kind.replaceAll('_', ' ')} ${facts.map(([name, value]) => `${name} ${String(value)}`).join(', ')}${reason}`;
}
