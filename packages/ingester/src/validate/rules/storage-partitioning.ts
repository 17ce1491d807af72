import type { CompiledNode, StorageDevice } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

interface Wrong {
  readonly level: 'error' | 'advice';
  readonly message: string;
  readonly diagnostic: string;
  readonly keys: readonly string[];
}

export const storagePartitioning: ValidationRule = {
  id: 'storage.partitioning',
  code: 'DD2002',
  title: 'Storage Partitioning',
  check({ nodes }, report) {
    const usedBefore = new Set<string>();
    for (const node of nodes) {
      for (const { level, message, diagnostic, keys } of problemsOf(node, usedBefore)) {
        report[level]({
          message: `node ${node.name}: ${message}`,
          diagnostic,
          about: aboutNode(node.name),
          keys: ['storage', ...keys],
        });
      }
    }
  },
};

/** @param usedBefore grows: volume groups with a device on any node so far. */
function problemsOf({ storage }: CompiledNode, usedBefore: Set<string>): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const unused = new Set(storage.volumeGroups.map((group) => group.name));
  const defined = new Set(unused);
  for (const device of storage.devices) {
    checkContents(device, wrong);
    for (const group of groupsOf(device)) {
      unused.delete(group);
      usedBefore.add(group);
      if (defined.has(group)) continue;
      const message = `volume group ${group}, which ${device.name} is given to, is not defined`;
      const keys = ['physical_devices', device.name];
      wrong.push({ level: 'advice', message, diagnostic: 'define it in storage.volume_groups', keys });
    }
  }
  for (const group of unused) {
    wrong.push({
      // The original was content with a device of any node before this one.
      level: usedBefore.has(group) ? 'advice' : 'error',
      message: `no device is given to volume group ${group}`,
      diagnostic: 'give it a device',
      keys: ['volume_groups', group],
    });
  }
  return wrong;
}

function groupsOf({ volumeGroup, partitions }: StorageDevice): ReadonlySet<string> {
  const groups = new Set<string>();
  if (volumeGroup !== null) groups.add(volumeGroup);
  for (const partition of partitions) if (partition.volumeGroup !== null) groups.add(partition.volumeGroup);
  return groups;
}

function checkContents({ name, volumeGroup, partitions }: StorageDevice, wrong: Wrong[]): void {
  const refuse = (message: string, diagnostic: string): void =>
    void wrong.push({ level: 'error', message, diagnostic, keys: ['physical_devices', name] });
  if ((volumeGroup !== null) === partitions.length > 0) {
    const has = volumeGroup === null ? 'neither partitions nor a volume group' : 'both partitions and a volume group';
    refuse(`device ${name} has ${has}`, 'give a device either partitions or a volume_group');
  }
  for (const partition of partitions) {
    if (partition.volumeGroup === null || partition.filesystem === null) continue;
    refuse(`partition ${partition.name} of ${name} has both a filesystem and a volume group`, 'give it one of them');
  }
}
