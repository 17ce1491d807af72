import type { NetworkLink } from '@drydock/model';
import type { DesignFacts } from '../design-facts.js';
import { aboutLink, aboutNetwork, type RuleReport, type ValidationRule } from '../validation-rule.js';

export const networkTrunking: ValidationRule = {
  id: 'network.trunking',
  code: 'DD2004',
  // Spelt as clients know it.
  title: 'Network Trunking Rationalty',
  check({ site: { networkLinks } }, report, facts) {
    for (const link of networkLinks) {
      if (facts.documents.isUnread('NetworkLink', link.name, 'trunking')) continue;
      if (link.trunking === 'disabled') checkUntrunked(link, facts, report);
      else if (isUnknown(link.nativeNetwork, facts)) report.advice(unknownNative(link));
    }
  },
};

function checkUntrunked(link: NetworkLink, facts: DesignFacts, report: RuleReport): void {
  const { name, nativeNetwork, allowedNetworks } = link;
  const place = { about: aboutLink(name), keys: ['trunking'] };
  if (allowedNetworks.length > 1) {
    report.error({
      message: `link ${name} allows ${allowedNetworks.length} networks without trunking`,
      diagnostic: 'set trunking.mode to 802.1q, or allow one network',
      ...place,
    });
  }
  if (nativeNetwork === null) {
    report.error({
      message: `link ${name} has neither trunking nor a native network`,
      diagnostic: 'set trunking.default_network',
      ...place,
    });
  }
  if (isUnknown(nativeNetwork, facts)) report.error(unknownNative(link));
  const native = nativeNetwork === null ? undefined : facts.network(nativeNetwork)?.network;
  if (native !== undefined && native.vlanId !== 0) {
    report.error({
      message: `network ${native.name} is tagged (VLAN ${native.vlanId}) and native on link ${name} without trunking`,
      diagnostic: 'leave out the vlan of the network, or set trunking.mode to 802.1q',
      about: [...aboutNetwork(native.name), ...aboutLink(name)],
      keys: ['vlan'],
    });
  }
}

function isUnknown(network: string | null, facts: DesignFacts): boolean {
  return network !== null && facts.isMissing('Network', network);
}

function unknownNative({ name, nativeNetwork }: NetworkLink) {
  return {
    message: `the native network ${nativeNetwork} of link ${name} is not in the design`,
    diagnostic: 'add the Network, or correct trunking.default_network',
    about: aboutLink(name),
    keys: ['trunking', 'default_network'],
  };
}
