import type { CompiledNode } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const storagePartitioning: ValidationRule = {
  id: 'storage.partitioning',
  code: 'DD2002',
  title: 'Storage Partitioning',
  passed: 'every device is partitioned or given to a volume group, and every volume group has a device',
  check({ nodes }, report) {
    for (const node of nodes) {
      for (const { message, diagnostic } of problemsOf(node)) {
        report.error({
          message: `node ${node.name}: ${message}`,
          diagnostic,
          about: aboutNode(node.name),
          keys: ['storage'],
        });
      }
    }
  },
};

function* problemsOf({ storage }: CompiledNode): Generator<{ message: string; diagnostic: string }> {
  const defined = new Set(storage.volumeGroups.map((group) => group.name));
  const used = new Set<string>();
  for (const device of storage.devices) {
    if ((device.volumeGroup !== null) === device.partitions.length > 0) {
      const diagnostic = 'give a device either partitions or a volume_group';
      const has =
        device.volumeGroup === null ? 'neither partitions nor a volume group' : 'both partitions and a volume group';
      yield { message: `device ${device.name} has ${has}`, diagnostic };
    }
    for (const partition of device.partitions) {
      if (partition.volumeGroup !== null && partition.filesystem !== null) {
        const message = `partition ${partition.name} of ${device.name} has both a filesystem and a volume group`;
        yield { message, diagnostic: 'give it one of them' };
      }
    }
    for (const group of [device.volumeGroup, ...device.partitions.map((partition) => partition.volumeGroup)]) {
      if (group === null) continue;
      used.add(group);
      if (!defined.has(group)) {
        const message = `volume group ${group}, which ${device.name} is given to, is not defined`;
        yield { message, diagnostic: 'define it in storage.volume_groups' };
      }
    }
  }
  for (const group of defined) {
    if (!used.has(group))
      yield { message: `no device is given to volume group ${group}`, diagnostic: 'give it a device' };
  }
}
