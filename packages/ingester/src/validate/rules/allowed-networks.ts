import type { CompiledNode, NetworkLink } from '@drydock/model';
import { aboutLink, aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

export const allowedNetworks: ValidationRule = {
  id: 'network.allowed-networks',
  code: 'DD1007',
  title: 'Allowed Network Check',
  passed: 'every network is allowed on one link, and on the link of every interface that has it',
  check({ site: { networkLinks, networks }, nodes }, report) {
    checkShared(networkLinks, report);
    const links = new Map(networkLinks.map((link) => [link.name, new Set(link.allowedNetworks)]));
    const known = new Set(networks.map((network) => network.name));
    for (const node of nodes) {
      for (const entry of node.interfaces) {
        for (const message of problemsOf(entry, links, known)) {
          report.error({
            message: `node ${node.name}: ${message}`,
            diagnostic: 'correct the interface, or allowed_networks of its link',
            about: aboutNode(node.name),
            keys: ['interfaces', entry.name],
          });
        }
      }
    }
  },
};

function checkShared(networkLinks: readonly NetworkLink[], report: RuleReport): void {
  const firstLink = new Map<string, string>();
  for (const link of networkLinks) {
    for (const network of new Set(link.allowedNetworks)) {
      const first = firstLink.get(network);
      if (first === undefined) firstLink.set(network, link.name);
      else {
        report.error({
          message: `network ${network} is allowed on link ${first} and on link ${link.name}`,
          diagnostic: 'allow each network on one link',
          about: [...aboutLink(link.name), ...aboutLink(first)],
          keys: ['allowed_networks'],
        });
      }
    }
  }
}

function problemsOf(
  { name, networkLink, networks }: CompiledNode['interfaces'][number],
  links: ReadonlyMap<string, ReadonlySet<string>>,
  known: ReadonlySet<string>,
): readonly string[] {
  const allowed = networkLink === null ? undefined : links.get(networkLink);
  if (networkLink === null && networks.length === 0) return [];
  if (allowed === undefined) {
    return [
      networkLink === null
        ? `interface ${name} has no link`
        : `link ${networkLink} of interface ${name} is not in the design`,
    ];
  }
  return networks.flatMap((network) => {
    if (!allowed.has(network)) return [`network ${network} of interface ${name} is not allowed on link ${networkLink}`];
    return known.has(network) ? [] : [`network ${network} of interface ${name} is not in the design`];
  });
}
