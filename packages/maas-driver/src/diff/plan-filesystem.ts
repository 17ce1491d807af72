import type { FilesystemPlace, FoundFilesystem, StorageChange, WantedFilesystem } from './storage-model.js';

export interface FilesystemSubject {
  /** For messages and announcements: `sda partition 2`, `data/var`. */
  readonly of: string;
  readonly place: FilesystemPlace;
}

/** Found filesystem × wanted one → unmount, unformat, format, mount, as far as needed. */
export function planFilesystem(
  subject: FilesystemSubject,
  found: FoundFilesystem | null,
  wanted: WantedFilesystem | null,
): readonly StorageChange[] {
  if (wanted === null) return clear(subject, found);
  const isFormatted = found !== null && isSameFormat(subject.place, found, wanted);
  if (!isFormatted)
    return [...clear(subject, found), { kind: 'format', ...subject, filesystem: wanted }, ...mount(subject, wanted)];
  if (isSameMount(found, wanted)) return [];
  return [...unmount(subject, found), ...mount(subject, wanted)];
}

function clear(subject: FilesystemSubject, found: FoundFilesystem | null): readonly StorageChange[] {
  return found === null ? [] : [...unmount(subject, found), { kind: 'unformat', ...subject }];
}

function unmount(subject: FilesystemSubject, found: FoundFilesystem): readonly StorageChange[] {
  return found.mountPoint === null ? [] : [{ kind: 'unmount', ...subject }];
}

function mount(subject: FilesystemSubject, wanted: WantedFilesystem): readonly StorageChange[] {
  return wanted.mountPoint === null ? [] : [{ kind: 'mount', ...subject, filesystem: wanted }];
}

/** MAAS formats block devices, and so volumes, without a label in some versions: it is not compared there. */
function isSameFormat(place: FilesystemPlace, found: FoundFilesystem, wanted: WantedFilesystem): boolean {
  const hasLabel = wanted.label === null || place.kind === 'volume' || found.label === wanted.label;
  return found.type === wanted.type && hasLabel && (wanted.uuid === null || found.uuid === wanted.uuid);
}

function isSameMount(found: FoundFilesystem, wanted: WantedFilesystem): boolean {
  return found.mountPoint === wanted.mountPoint && optionsOf(found) === optionsOf(wanted);
}

/** No options and `defaults` mean the same to mount(8). */
function optionsOf(filesystem: { readonly mountOptions: string }): string {
  return filesystem.mountOptions === 'defaults' ? '' : filesystem.mountOptions;
}
