import type { Network } from '@drydock/model';
import type { Cidr } from '../ip-text.js';
import { aboutNetwork, type ValidationRule } from '../validation-rule.js';

export const cidr: ValidationRule = {
  id: 'network.cidr',
  code: 'DD2006',
  title: 'CIDR Validity',
  check({ site: { networks } }, report, facts) {
    if (networks.length === 0 && !facts.documents.hasUnread('Network')) {
      report.warning({ message: 'the design has no networks', diagnostic: 'add networks, or ignore this' });
    }
    for (const network of networks) {
      // Of a CIDR that is missing, reading the document speaks.
      const written = facts.documents.find('Network', network.name)?.body.cidr;
      if (written === null) continue;
      const about = { about: aboutNetwork(network.name), keys: ['cidr'] };
      const problem = problemOf(facts.network(network.name)?.cidr ?? null);
      if (problem === null) {
        if (written?.includes('/') === false) report.advice({ ...oneAddress(network), ...about });
        continue;
      }
      report.error({
        message: `the CIDR "${network.cidr}" of network ${network.name} ${problem.message}`,
        diagnostic: problem.diagnostic,
        ...about,
      });
    }
  },
};

function problemOf(parsed: Cidr | null): { message: string; diagnostic: string } | null {
  if (parsed === null) {
    const diagnostic = 'write an address and a prefix length, for instance 10.0.0.0/24';
    return { message: 'is none', diagnostic };
  }
  return parsed.hasHostBits ? { message: 'has host bits set', diagnostic: `write ${parsed.text}` } : null;
}

/** The original read it as this one address. */
function oneAddress({ name, cidr: text }: Network): { message: string; diagnostic: string } {
  return {
    message: `the CIDR of network ${name} has no prefix length and is read as ${text}`,
    diagnostic: 'write the prefix length, for instance 10.0.0.0/24',
  };
}
