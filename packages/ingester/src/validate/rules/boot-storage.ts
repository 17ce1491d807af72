import { isSizeError, parseSize, sizeInBytes, type Partition } from '@drydock/model';
import { aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

const minimumBytes = { root: 20e9, boot: 1e9 } as const;
const minimumText = { root: '20 GB', boot: '1 GB' } as const;

/** Partitions are known by their names `root` and `boot`, and `boot` counts only after a valid `root` (02 §6.3). */
export const bootStorage: ValidationRule = {
  id: 'storage.boot',
  code: 'DD1001',
  title: 'Rational Boot Storage',
  passed: 'every node has a root partition that is large enough',
  check(design, report) {
    for (const node of design.nodes) {
      let hasRoot = false;
      for (const partition of node.storage.devices.flatMap((device) => device.partitions)) {
        if (partition.name === 'root') hasRoot = checkSize(partition.name, { partition, node: node.name }, report);
        if (partition.name === 'boot' && hasRoot) checkSize(partition.name, { partition, node: node.name }, report);
      }
      if (hasRoot) continue;
      report.error({
        message: `node ${node.name} has no root partition of a known size`,
        diagnostic: `add a partition named root of at least ${minimumText.root}`,
        about: aboutNode(node.name),
        keys: ['storage'],
      });
    }
  },
};

/** Whether the size is one; too small a size is reported, yet is one. */
function checkSize(
  name: 'root' | 'boot',
  { partition, node }: { partition: Partition; node: string },
  report: RuleReport,
): boolean {
  const about = { about: aboutNode(node), keys: ['storage'] };
  const size = parseSize(partition.size ?? '');
  const bytes = isSizeError(size) ? size : sizeInBytes(size, null);
  if (typeof bytes !== 'number') {
    report.error({
      message: `node ${node}: the size of partition ${name} is unusable: ${bytes.error}`,
      diagnostic: 'write a plain size, for instance 20g',
      ...about,
    });
    return false;
  }
  if (bytes < minimumBytes[name]) {
    report.error({
      message: `node ${node}: partition ${name} of ${partition.size} is smaller than ${minimumText[name]}`,
      diagnostic: `make it at least ${minimumText[name]}`,
      ...about,
    });
  }
  return true;
}
