import type { Filesystem } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

interface Holder {
  readonly filesystem: Filesystem | null;
}

/** Each volume group counts once, however many disks it has; the original counted it per disk (02 §6.3). */
export const storageMountpoint: ValidationRule = {
  id: 'storage.mountpoint',
  code: 'DD2004',
  title: 'Storage Mountpoint',
  check({ nodes }, report) {
    for (const { name: node, storage } of nodes) {
      const seen = new Set<string>();
      const check = (holders: readonly Holder[], keys: readonly string[]): void => {
        for (const mountpoint of takenTwice(holders, seen)) {
          report.error({
            message: `node ${node} mounts more than one filesystem at ${mountpoint}`,
            diagnostic: 'give each filesystem a mountpoint of its own',
            about: aboutNode(node),
            keys: ['storage', ...keys],
          });
        }
      };
      for (const { name, partitions } of storage.devices) check(partitions, ['physical_devices', name]);
      for (const { name, logicalVolumes } of storage.volumeGroups) check(logicalVolumes, ['volume_groups', name]);
    }
  },
};

/** @param seen grows: mountpoints of the node so far. */
function takenTwice(holders: readonly Holder[], seen: Set<string>): readonly string[] {
  const taken: string[] = [];
  for (const { filesystem } of holders) {
    const mountpoint = filesystem?.mountpoint ?? null;
    if (mountpoint === null) continue;
    if (seen.has(mountpoint)) taken.push(mountpoint);
    seen.add(mountpoint);
  }
  return taken;
}
