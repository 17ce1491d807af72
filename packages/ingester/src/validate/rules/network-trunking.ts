import type { Network, NetworkLink } from '@drydock/model';
import { aboutLink, aboutNetwork, type RuleReport, type ValidationRule } from '../validation-rule.js';

export const networkTrunking: ValidationRule = {
  id: 'network.trunking',
  code: 'DD2004',
  title: 'Network Trunking Rationalty',
  passed: 'every link carries the networks that its trunking mode allows',
  check({ site: { networkLinks, networks } }, report) {
    const byName = new Map(networks.map((network) => [network.name, network]));
    for (const link of networkLinks) checkLink(link, byName, report);
  },
};

function checkLink(link: NetworkLink, networks: ReadonlyMap<string, Network>, report: RuleReport): void {
  const native = link.nativeNetwork === null ? undefined : networks.get(link.nativeNetwork);
  const refuse = (message: string, diagnostic: string): void =>
    report.error({ message, diagnostic, about: aboutLink(link.name), keys: ['trunking'] });
  if (link.nativeNetwork !== null && native === undefined) {
    refuse(
      `the native network ${link.nativeNetwork} of link ${link.name} is not in the design`,
      'add the Network, or correct trunking.default_network',
    );
  }
  if (link.trunking !== 'disabled') return;
  if (link.allowedNetworks.length > 1) {
    refuse(
      `link ${link.name} allows ${link.allowedNetworks.length} networks without trunking`,
      'set trunking.mode to 802.1q, or allow one network',
    );
  }
  if (link.nativeNetwork === null) {
    refuse(`link ${link.name} has neither trunking nor a native network`, 'set trunking.default_network');
  } else if (native !== undefined && native.vlanId !== 0) {
    report.error({
      message: `network ${native.name} is tagged (VLAN ${native.vlanId}) and native on link ${link.name} without trunking`,
      diagnostic: 'leave out the vlan of the network, or set trunking.mode to 802.1q',
      about: [...aboutNetwork(native.name), ...aboutLink(link.name)],
      keys: ['vlan'],
    });
  }
}
