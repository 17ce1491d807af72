import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** A site may do without Rack documents; one that has some is meant to have all. */
export const rack: ValidationRule = {
  id: 'platform.rack',
  code: 'DD3004',
  title: 'Rack Existence',
  check({ site: { racks }, nodes }, report, { documents }) {
    if (racks.length === 0) return;
    const known = new Set(racks.map(({ name }) => name));
    for (const node of nodes) {
      if (node.rack === null || known.has(node.rack) || documents.isUnread('Rack', node.rack)) continue;
      report.advice({
        message: `the rack ${node.rack} of node ${node.name} is not in the design`,
        diagnostic: 'add the Rack, or correct metadata.rack in the node or in a host profile that it inherits',
        about: aboutNode(node.name),
        keys: ['metadata', 'rack'],
      });
    }
  },
};
