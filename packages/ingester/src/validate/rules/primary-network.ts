import type { CompiledNode } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** A node's default route goes through its primary network. One that is not in the design is found while compiling. */
export const primaryNetwork: ValidationRule = {
  id: 'network.primary',
  code: 'DD2012',
  title: 'Primary Network',
  check({ nodes }, report, facts) {
    for (const node of nodes) {
      const { name, primaryNetwork: network } = node;
      if (network === null || facts.network(network) === undefined) continue;
      for (const { field, what } of lacksOf(node, network)) {
        report.advice({
          message: `node ${name} has no ${what} on its primary network ${network}`,
          diagnostic: `add ${network} to the node, or correct primary_network`,
          about: aboutNode(name),
          keys: ['primary_network'],
          fields: [field],
        });
      }
    }
  },
};

interface Lack {
  readonly field: string;
  readonly what: string;
}

function lacksOf({ interfaces, addressing }: CompiledNode, network: string): readonly Lack[] {
  const lacks: Lack[] = [];
  if (!interfaces.some(({ networks }) => networks.includes(network)))
    lacks.push({ field: 'interfaces', what: 'interface' });
  if (!addressing.some((entry) => entry.network === network)) lacks.push({ field: 'addressing', what: 'address' });
  return lacks;
}
