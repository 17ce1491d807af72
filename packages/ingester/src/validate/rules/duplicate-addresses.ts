import { parseAddress } from '../ip-text.js';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const duplicateAddresses: ValidationRule = {
  id: 'network.duplicate-address',
  code: 'DD2005',
  title: 'Duplicated IP Check',
  passed: 'no address is assigned twice',
  check({ nodes }, report) {
    if (nodes.length === 0) report.warning({ message: 'the design has no nodes', diagnostic: 'add nodes' });
    const owners = new Map<string, string>();
    for (const node of nodes) {
      node.addressing.forEach(({ address }, index) => {
        if (address === null) return;
        const canonical = parseAddress(address)?.toString() ?? address;
        const owner = owners.get(canonical);
        if (owner === undefined) {
          owners.set(canonical, node.name);
          return;
        }
        report.error({
          message: `address ${address} of node ${node.name} is already that of ${owner === node.name ? 'the same node' : `node ${owner}`}`,
          diagnostic: 'give each an address of its own',
          about: [...aboutNode(node.name), ...(owner === node.name ? [] : aboutNode(owner))],
          keys: ['addressing', index],
        });
      });
    }
  },
};
