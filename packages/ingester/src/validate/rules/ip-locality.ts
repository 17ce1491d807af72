import type { Addressing, CompiledNode, Network } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { contains } from '../ip-text.js';
import { aboutNetwork, aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

export const ipLocality: ValidationRule = {
  id: 'network.ip-locality',
  code: 'DD2002',
  title: 'IP Locality Check',
  check({ site: { networks }, nodes }, report, facts) {
    const ignorable = { diagnostic: 'add some, or ignore this' };
    const isWithout = (list: readonly unknown[], kind: 'Network' | 'BaremetalNode'): boolean =>
      list.length === 0 && !facts.documents.hasUnread(kind);
    if (isWithout(networks, 'Network')) report.warning({ ...ignorable, message: 'the design has no networks' });
    for (const network of networks) checkGateways(network, facts, report);
    if (isWithout(nodes, 'BaremetalNode')) report.warning({ ...ignorable, message: 'the design has no nodes' });
    for (const node of nodes) checkAddresses(node, facts, report);
  },
};

/** Every route, those that were written out for a route domain too. */
function checkGateways({ name, cidr, routes }: Network, facts: DesignFacts, report: RuleReport): void {
  const network = facts.network(name)?.cidr ?? null;
  routes.forEach(({ gateway, subnet }, index) => {
    const address = gateway === null ? null : facts.address(gateway);
    const isJudged = gateway === null || network !== null;
    if (!isJudged || (network !== null && address !== null && contains(network, address))) return;
    report.error({
      message:
        gateway === null
          ? `network ${name} has a route to ${subnet ?? 'a route domain'} without a gateway`
          : `the gateway ${gateway} of network ${name} is not in ${cidr}`,
      diagnostic: `give the route a gateway in ${cidr}`,
      about: aboutNetwork(name),
      keys: ['routes', index],
    });
  });
}

function checkAddresses({ name, addressing }: CompiledNode, facts: DesignFacts, report: RuleReport): void {
  addressing.forEach((entry, index) => {
    const message = problemOf(entry, facts);
    if (message === null) return;
    const problem = {
      message: `node ${name}: ${message}`,
      diagnostic: 'correct the address or its network in addressing',
      about: aboutNode(name),
      keys: ['addressing', index],
    };
    // The original looked at static addresses only.
    if (entry.address === null) report.advice(problem);
    else report.error(problem);
  });
}

function problemOf({ network: name, address: text }: Addressing, facts: DesignFacts): string | null {
  const network = facts.network(name);
  if (facts.isMissing('Network', name)) {
    return `address ${text ?? 'dhcp'} is on network ${name}, which is not in the design`;
  }
  if (text === null) return null;
  const address = facts.address(text);
  if (address === null) return `"${text}" on network ${name} is no IP address`;
  const cidr = network?.cidr ?? null;
  return cidr === null || contains(cidr, address) ? null : `address ${text} is not in network ${name} (${cidr.text})`;
}
