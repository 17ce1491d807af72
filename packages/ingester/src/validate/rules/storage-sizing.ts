import { isSizeError, parseSize, type CompiledNode } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** A percentage of 100 leaves no room for the partition table (02 §6.3). */
const maximumPercent = 99;

export const storageSizing: ValidationRule = {
  id: 'storage.sizing',
  code: 'DD2003',
  title: 'Storage Sizing',
  passed: 'every size can be read and no device or volume group is given away more than once',
  check({ nodes }, report) {
    for (const node of nodes) {
      for (const problem of problemsOf(node)) {
        const message = `node ${node.name}: ${problem.message}`;
        report.error({ ...problem, message, about: aboutNode(node.name), keys: ['storage'] });
      }
    }
  },
};

interface Sized {
  readonly name: string;
  readonly size: string | null;
}

function* problemsOf({ storage }: CompiledNode): Generator<{ message: string; diagnostic: string }> {
  for (const device of storage.devices) yield* checkParts(`device ${device.name}`, device.partitions);
  for (const group of storage.volumeGroups) yield* checkParts(`volume group ${group.name}`, group.logicalVolumes);
}

function* checkParts(whole: string, parts: readonly Sized[]): Generator<{ message: string; diagnostic: string }> {
  let percent = 0;
  for (const part of parts) {
    const size = parseSize(part.size ?? '');
    if (isSizeError(size)) {
      const message = part.size === null ? 'it has none' : size.error;
      yield {
        message: `the size of ${part.name} on ${whole}: ${message}`,
        diagnostic: 'write for instance 20g, >10g or 30%',
      };
    } else {
      percent += size.percent ?? 0;
    }
  }
  if (percent > maximumPercent) {
    const message = `the sizes on ${whole} add up to ${percent} %`;
    yield { message, diagnostic: `lower them to ${maximumPercent} % at most` };
  }
}
