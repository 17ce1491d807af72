import type { CompiledNode } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** Each volume group counts once, however many disks it has; the original counted it per disk (02 §6.3). */
export const storageMountpoint: ValidationRule = {
  id: 'storage.mountpoint',
  code: 'DD2004',
  title: 'Storage Mountpoint',
  passed: 'no node mounts two filesystems at one place',
  check({ nodes }, report) {
    for (const node of nodes) {
      const seen = new Set<string>();
      for (const mountpoint of mountpointsOf(node)) {
        if (seen.has(mountpoint)) {
          report.error({
            message: `node ${node.name} mounts more than one filesystem at ${mountpoint}`,
            diagnostic: 'give each filesystem a mountpoint of its own',
            about: aboutNode(node.name),
            keys: ['storage'],
          });
        }
        seen.add(mountpoint);
      }
    }
  },
};

function mountpointsOf({ storage }: CompiledNode): readonly string[] {
  const holders = [
    ...storage.devices.flatMap((device) => device.partitions),
    ...storage.volumeGroups.flatMap((group) => group.logicalVolumes),
  ];
  return holders.flatMap((holder) => holder.filesystem?.mountpoint ?? []);
}
