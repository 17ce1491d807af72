import { aboutNode, type ValidationRule } from '../validation-rule.js';

interface Owner {
  readonly node: string;
  readonly text: string;
}

export const duplicateAddresses: ValidationRule = {
  id: 'network.duplicate-address',
  code: 'DD2005',
  title: 'Duplicated IP Check',
  check({ nodes }, report, facts) {
    if (nodes.length === 0 && !facts.documents.hasUnread('BaremetalNode')) {
      report.warning({ message: 'the design has no nodes', diagnostic: 'add some, or ignore this' });
    }
    const owners = new Map<string, Owner>();
    for (const { name, addressing } of nodes) {
      addressing.forEach(({ address: text }, index) => {
        if (text === null) return;
        const address = facts.address(text);
        // Only IPv6 has several spellings of one address.
        const key = address?.family === 6 ? `6/${address.value}` : text;
        const owner = owners.get(key);
        if (owner === undefined) {
          owners.set(key, { node: name, text });
          return;
        }
        const problem = {
          message: `address ${text} of node ${name} is already that of ${owner.node === name ? 'the same node' : `node ${owner.node}`}`,
          diagnostic: 'give each an address of its own',
          about: [...aboutNode(name), ...(owner.node === name ? [] : aboutNode(owner.node))],
          keys: ['addressing', index],
        };
        // The original compared texts, so two spellings of one IPv6 address passed.
        if (text === owner.text) report.error(problem);
        else report.advice(problem);
      });
    }
  },
};
