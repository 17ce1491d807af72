import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** Everything that asks for a node's address on a network takes one of them (02 §4.10). */
export const oneAddress: ValidationRule = {
  id: 'network.one-address',
  code: 'DD2011',
  title: 'One Address per Network',
  check({ nodes }, report) {
    for (const { name, addressing } of nodes) {
      const seen = new Set<string>();
      addressing.forEach(({ network }, index) => {
        if (seen.has(network)) {
          report.advice({
            message: `node ${name} has more than one address on network ${network}`,
            diagnostic: 'keep one of them; only one is used',
            about: aboutNode(name),
            keys: ['addressing', index],
          });
        }
        seen.add(network);
      });
    }
  },
};
