import type { CompiledNode, NetworkLink, NodeInterface } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { aboutLink, aboutNode, type RuleReport, type ValidationRule } from '../validation-rule.js';

export const allowedNetworks: ValidationRule = {
  id: 'network.allowed-networks',
  code: 'DD1007',
  title: 'Allowed Network Check',
  check({ site: { networkLinks }, nodes }, report, facts) {
    checkLinks(networkLinks, facts, report);
    for (const node of nodes) checkInterfaces(node, facts, report);
  },
};

function checkLinks(networkLinks: readonly NetworkLink[], facts: DesignFacts, report: RuleReport): void {
  const firstLink = new Map<string, string>();
  for (const link of networkLinks) {
    const place = { about: aboutLink(link.name), keys: ['allowed_networks'] };
    for (const network of facts.link(link.name)?.allowed ?? []) {
      const first = firstLink.get(network);
      if (first === undefined) firstLink.set(network, link.name);
      else {
        report.error({
          message: `network ${network} is allowed on link ${first} and on link ${link.name}`,
          diagnostic: 'allow each network on one link',
          ...place,
          about: [...aboutLink(link.name), ...aboutLink(first)],
        });
      }
      if (!facts.isMissing('Network', network)) continue;
      report.advice({
        message: `network ${network}, which link ${link.name} allows, is not in the design`,
        diagnostic: 'add the Network, or correct allowed_networks',
        ...place,
      });
    }
  }
}

interface Wrong {
  readonly level: 'error' | 'advice';
  readonly message: string;
}

function checkInterfaces(node: CompiledNode, facts: DesignFacts, report: RuleReport): void {
  for (const entry of node.interfaces) {
    for (const { level, message } of problemsOf(entry, facts)) {
      report[level]({
        message: `node ${node.name}: ${message}`,
        diagnostic: 'correct the interface, or allowed_networks of its link',
        about: aboutNode(node.name),
        keys: ['interfaces', entry.name],
      });
    }
  }
}

/** The original looked up the link of an interface only to see whether it allows a network. */
function problemsOf({ name, networkLink, networks }: NodeInterface, facts: DesignFacts): readonly Wrong[] {
  if (networkLink !== null && facts.documents.isUnread('NetworkLink', networkLink, 'allowed_networks')) return [];
  const allowed = networkLink === null ? undefined : facts.link(networkLink)?.allowed;
  const level = networks.length > 0 ? 'error' : 'advice';
  if (networkLink === null) {
    return networks.length > 0 ? [{ level, message: `interface ${name} has networks and no link` }] : [];
  }
  if (allowed === undefined) {
    if (!facts.isMissing('NetworkLink', networkLink)) return [];
    return [{ level, message: `link ${networkLink} of interface ${name} is not in the design` }];
  }
  return networks
    .filter((network) => !allowed.has(network))
    .map((network) => ({
      level,
      message: `network ${network} of interface ${name} is not allowed on link ${networkLink}`,
    }));
}
