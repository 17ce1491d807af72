import type { NetworkLink, NodeInterface } from '@drydock/model';
import { aboutNode, type ValidationRule } from '../validation-rule.js';

/** A bond needs members, and an interface that is no bond is one device (04 §6.8). */
export const interfaceSlaves: ValidationRule = {
  id: 'network.slaves',
  code: 'DD2013',
  title: 'Interface Slaves',
  check({ nodes }, report, facts) {
    for (const node of nodes) {
      for (const entry of node.interfaces) {
        const { networkLink } = entry;
        if (networkLink === null || facts.documents.isUnread('NetworkLink', networkLink, 'bonding', 'labels')) continue;
        const link = facts.link(networkLink)?.link;
        // Drydock leaves interfaces on a link with the label noconfig alone.
        const problem = link === undefined || link.isUnconfigured ? null : problemOf(entry, link);
        if (problem === null) continue;
        report.advice({
          message: `node ${node.name}: interface ${entry.name} ${problem}`,
          diagnostic: 'correct the slaves of the interface, or bonding.mode of its link',
          about: aboutNode(node.name),
          keys: ['interfaces', entry.name],
        });
      }
    }
  },
};

function problemOf({ slaves }: NodeInterface, { name, bonding }: NetworkLink): string | null {
  const has = slaves.length === 1 ? 'has one slave' : `has ${slaves.length} slaves`;
  if (bonding.mode !== 'disabled') {
    return slaves.length < 2 ? `${has}, and the bond of its link ${name} (${bonding.mode}) needs two` : null;
  }
  return slaves.length === 1 ? null : `${has}, and its link ${name} is no bond, so it needs exactly one`;
}
