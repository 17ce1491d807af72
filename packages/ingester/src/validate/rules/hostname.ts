import { aboutNode, type ValidationRule } from '../validation-rule.js';

const label = /^[a-z0-9-]{1,63}$/i;
const edgeHyphen = /^-|-$/;

export const hostname: ValidationRule = {
  id: 'platform.hostname',
  code: 'DD3003',
  title: 'Hostname Validity',
  check({ nodes }, report) {
    for (const node of nodes) {
      const fullName = `${node.name}.${node.domain}`;
      const about = { about: aboutNode(node.name) };
      if (fullName.length > 255) {
        report.error({
          message: `the name ${fullName} is longer than 255 characters`,
          diagnostic: 'shorten the node name or the domain of its primary network',
          ...about,
        });
      }
      for (const part of fullName.split('.')) {
        if (!label.test(part)) {
          report.error({
            message: `"${part}" in ${fullName} is no valid part of a host name`,
            diagnostic: 'use 1 to 63 letters, digits and hyphens between dots',
            ...about,
          });
        } else if (edgeHyphen.test(part)) {
          // RFC 1123 §2.1; the original accepted it.
          report.advice({
            message: `"${part}" in ${fullName} begins or ends with a hyphen`,
            diagnostic: 'let it begin and end with a letter or digit',
            ...about,
          });
        }
      }
    }
  },
};
