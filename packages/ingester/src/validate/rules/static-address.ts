import type { Addressing } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { contains } from '../ip-text.js';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** The provisioner refuses a static address from a range that its DHCP server hands out (04 §6.8.4). */
export const staticAddress: ValidationRule = {
  id: 'network.static-address',
  code: 'DD2009',
  title: 'Static Address Ranges',
  check({ nodes }, report, facts) {
    for (const { name, addressing } of nodes) {
      addressing.forEach((entry, index) => {
        const message = problemOf(entry, facts);
        if (message === null) return;
        report.advice({
          message: `node ${name}: address ${entry.address} ${message}`,
          diagnostic: 'move the address, or change the ranges of the network',
          about: aboutNode(name),
          keys: ['addressing', index],
        });
      });
    }
  },
};

function problemOf({ network: name, address: text }: Addressing, facts: DesignFacts): string | null {
  const network = text === null ? undefined : facts.network(name);
  const address = text === null ? null : facts.address(text);
  if (network === undefined || address === null || facts.documents.isUnread('Network', name, 'ranges')) return null;
  const { cidr, staticAddresses, dhcpAddresses } = network;
  // Of an address outside its network, network.ip-locality speaks.
  if (cidr === null || !contains(cidr, address)) return null;
  if (dhcpAddresses.has(address.value)) return `is static and lies in a dhcp range of network ${name}`;
  return staticAddresses.isEmpty || staticAddresses.has(address.value)
    ? null
    : `is in none of the static ranges of network ${name}`;
}
