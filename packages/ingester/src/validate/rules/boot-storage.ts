import { isSizeError, sizeInBytes, type CompiledNode, type Partition } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { aboutNode, type RuleProblem, type ValidationRule } from '../validation-rule.js';

interface Minimum {
  readonly bytes: number;
  readonly text: string;
}

const minimums: ReadonlyMap<string, Minimum> = new Map([
  ['root', { bytes: 20e9, text: '20 GB' }],
  ['boot', { bytes: 1e9, text: '1 GB' }],
]);

interface Judged {
  /** The size is one; too small a size is one too. */
  readonly isSize: boolean;
  readonly problem: RuleProblem | null;
}

/** Partitions are known by their names `root` and `boot`, and `boot` counts only after a valid `root` (02 §6.3). */
export const bootStorage: ValidationRule = {
  id: 'storage.boot',
  code: 'DD1001',
  title: 'Rational Boot Storage',
  check({ nodes }, report, facts) {
    for (const node of nodes) {
      let hasRoot = false;
      for (const { name, partitions } of node.storage.devices) {
        for (const partition of partitions) {
          const minimum = minimums.get(partition.name);
          if (minimum === undefined || (partition.name === 'boot' && !hasRoot)) continue;
          const { isSize, problem } = judge(node, partition, { minimum, facts });
          hasRoot ||= isSize;
          const keys = ['storage', 'physical_devices', name];
          if (problem !== null) report.error({ ...problem, about: aboutNode(node.name), keys });
        }
      }
      if (hasRoot) continue;
      report.error({
        message: `node ${node.name} has no root partition of a known size`,
        diagnostic: `add a partition named root of at least ${minimums.get('root')?.text}`,
        about: aboutNode(node.name),
        keys: ['storage'],
      });
    }
  },
};

/** A plain size is wanted: the original gave these two no device to take a share of. */
function judge(
  node: CompiledNode,
  { name, size: expression }: Partition,
  { minimum: { bytes: minimum, text }, facts }: { minimum: Minimum; facts: DesignFacts },
): Judged {
  const size = facts.size(expression);
  const bytes = isSizeError(size) ? size : sizeInBytes(size, null);
  if (typeof bytes !== 'number') {
    const message = `node ${node.name}: the size of partition ${name} is unusable: ${bytes.error}`;
    return { isSize: false, problem: { message, diagnostic: `write a plain size of at least ${text}` } };
  }
  if (bytes >= minimum) return { isSize: true, problem: null };
  const message = `node ${node.name}: partition ${name} of ${expression} is smaller than ${text}`;
  return { isSize: true, problem: { message, diagnostic: `make it at least ${text}` } };
}
