import { aboutNode, type ValidationRule } from '../validation-rule.js';

const label = /^[a-z0-9-]{1,63}$/i;

export const hostname: ValidationRule = {
  id: 'platform.hostname',
  code: 'DD3003',
  title: 'Hostname Validity',
  passed: 'every node has a valid name',
  check({ nodes }, report) {
    for (const node of nodes) {
      const fullName = `${node.name}.${node.domain}`;
      const about = { about: aboutNode(node.name), keys: [] };
      if (fullName.length > 255) {
        report.error({
          message: `the name ${fullName} is longer than 255 characters`,
          diagnostic: 'shorten the node name or the domain of its primary network',
          ...about,
        });
      }
      for (const part of fullName.split('.').filter((candidate) => !label.test(candidate))) {
        report.error({
          message: `"${part}" in ${fullName} is no valid part of a host name`,
          diagnostic: 'use 1 to 63 letters, digits and hyphens between dots',
          ...about,
        });
      }
    }
  },
};
