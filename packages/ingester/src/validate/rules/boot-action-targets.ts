import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const bootActionTargets: ValidationRule = {
  id: 'boot-action.targets',
  code: 'DD4001',
  title: 'Bootaction Definition',
  check({ nodes }, report, { documents }) {
    if (documents.hasUnread('BootAction', 'node_filter')) return;
    for (const node of nodes) {
      if (node.bootActions.length > 0 || documents.isUnread('Rack', node.rack ?? '', 'labels')) continue;
      report.warning({
        message: `no boot action is for node ${node.name}`,
        diagnostic: 'add a BootAction for it, or ignore this',
        about: aboutNode(node.name),
        fields: ['metadata'],
      });
    }
  },
};
