import type { CompiledDesign } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { aboutNetwork, aboutNode, type ValidationRule } from '../validation-rule.js';

/** Fields of a link that tell which networks somebody else serves. */
const telling = ['labels', 'allowed_networks', 'trunking'] as const;

/** A network on which nodes boot from the network or ask for an address; without a range nobody answers them. */
export const dhcpRange: ValidationRule = {
  id: 'network.dhcp-range',
  code: 'DD2010',
  title: 'DHCP Ranges',
  check(design, report, facts) {
    const askers = firstAskers(design);
    const elsewhere = unconfiguredNetworks(design);
    const carried = facts.documents.hasUnread('NetworkLink', ...telling) ? carriedNetworks(design, facts) : null;
    for (const { name, dhcpRelayUpstreamTarget } of design.site.networks) {
      const asker = askers.get(name);
      if (elsewhere.has(name) || hasDhcpRange(name, facts) || carried?.has(name) === false) continue;
      if (asker === undefined && dhcpRelayUpstreamTarget === null) continue;
      const reason = asker === undefined ? 'relays DHCP' : `gives node ${asker} its address by DHCP`;
      report.advice({
        message: `network ${name} ${reason} and has no dhcp range`,
        diagnostic: 'add a range of type dhcp to the network',
        about: [...aboutNetwork(name), ...(asker === undefined ? [] : aboutNode(asker))],
        keys: ['ranges'],
      });
    }
  },
};

/** Network to the first node that has its address there by DHCP. */
function firstAskers({ nodes }: CompiledDesign): ReadonlyMap<string, string> {
  const askers = new Map<string, string>();
  for (const node of nodes) {
    for (const { network, type } of node.addressing) {
      if (type === 'dhcp' && !askers.has(network)) askers.set(network, node.name);
    }
  }
  return askers;
}

/** Networks of links with the label noconfig: somebody else serves them. */
function unconfiguredNetworks({ site }: CompiledDesign): ReadonlySet<string | null> {
  const links = site.networkLinks.filter((link) => link.isUnconfigured);
  return new Set(links.flatMap((link) => [link.nativeNetwork, ...link.allowedNetworks]));
}

/** Of others nobody knows whether the link that carries them has the label, since it could not be read. */
function carriedNetworks({ site }: CompiledDesign, { documents }: DesignFacts): ReadonlySet<string> {
  const links = site.networkLinks.filter(({ name }) => !documents.isUnread('NetworkLink', name, ...telling));
  return new Set(links.flatMap((link) => link.allowedNetworks));
}

function hasDhcpRange(name: string, facts: DesignFacts): boolean {
  return facts.network(name)?.network.ranges.some((range) => range.type === 'dhcp') === true;
}
