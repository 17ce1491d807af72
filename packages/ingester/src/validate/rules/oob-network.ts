import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const oobNetwork: ValidationRule = {
  id: 'oob.network',
  code: 'DD4004',
  title: 'Out-of-band Network',
  check({ nodes }, report, facts) {
    for (const { name, oob } of nodes) {
      const network = oob?.network ?? '';
      if (network === '' || !facts.isMissing('Network', network)) continue;
      report.advice({
        message: `the out-of-band network ${network} of node ${name} is not in the design`,
        diagnostic: 'add the Network, or correct oob.network in the node or in a host profile that it inherits',
        about: aboutNode(name),
        keys: ['oob', 'network'],
      });
    }
  },
};
