import { parseCidr } from '../ip-text.js';
import { aboutNetwork, type ValidationRule } from '../validation-rule.js';

export const cidr: ValidationRule = {
  id: 'network.cidr',
  code: 'DD2006',
  title: 'CIDR Validity',
  passed: 'every network has a valid CIDR',
  check({ site: { networks } }, report) {
    if (networks.length === 0) {
      report.warning({ message: 'the design has no networks', diagnostic: 'add networks, or ignore this' });
    }
    for (const network of networks) {
      const parsed = parseCidr(network.cidr);
      if (parsed?.network === network.cidr) continue;
      const isHost = parsed !== null && parsed.network.toLowerCase() !== network.cidr.toLowerCase();
      if (parsed !== null && !isHost) continue;
      report.error({
        message:
          parsed === null
            ? `the CIDR "${network.cidr}" of network ${network.name} is none`
            : `the CIDR ${network.cidr} of network ${network.name} has host bits set`,
        diagnostic:
          parsed === null
            ? 'write an address and a prefix length, for instance 10.0.0.0/24'
            : `write ${parsed.network}`,
        about: aboutNetwork(network.name),
        keys: ['cidr'],
      });
    }
  },
};
