import type { NetworkLink } from '@drydock/model';
import { aboutLink, aboutNetwork, type ValidationRule } from '../validation-rule.js';

const minimum = 1280;
const maximum = 65536;

export const mtu: ValidationRule = {
  id: 'network.mtu',
  code: 'DD2003',
  title: 'MTU Rationality',
  check({ site: { networkLinks, networks } }, report, { documents }) {
    const diagnostic = `write an mtu from ${minimum} to ${maximum}`;
    for (const { name, mtu } of networkLinks) {
      if (isInBounds(mtu)) continue;
      report.error({ message: `link ${name} has ${mtu}`, diagnostic, about: aboutLink(name), keys: ['mtu'] });
    }
    const limits = limitsOf(networkLinks.filter(({ name }) => !documents.isUnread('NetworkLink', name, 'mtu')));
    for (const { name, mtu } of networks) {
      if (mtu === null) continue;
      const about = { about: aboutNetwork(name), keys: ['mtu'] };
      if (!isInBounds(mtu)) report.error({ message: `network ${name} has ${mtu}`, diagnostic, ...about });
      const tooLarge = (link: NetworkLink) => ({
        message: `network ${name} has ${mtu}, more than ${link.mtu} of its link ${link.name}`,
        diagnostic: 'lower the mtu of the network, or raise that of the link',
        ...about,
      });
      const { native, smallest } = limits.get(name) ?? {};
      if (native !== undefined && mtu > native.mtu) report.error(tooLarge(native));
      else if (smallest !== undefined && mtu > smallest.mtu) report.advice(tooLarge(smallest));
    }
  },
};

function isInBounds(mtu: number): boolean {
  return mtu >= minimum && mtu <= maximum;
}

interface Limits {
  /** The last link on which the network is native: the one that the original looked at (02 §6.3). */
  readonly native?: NetworkLink;
  /** Of all links that carry it. */
  readonly smallest?: NetworkLink;
}

function limitsOf(links: readonly NetworkLink[]): ReadonlyMap<string, Limits> {
  const limits = new Map<string, Limits>();
  for (const link of links) {
    for (const network of link.allowedNetworks) limits.set(network, narrowed(limits.get(network), link));
    if (link.nativeNetwork === null) continue;
    limits.set(link.nativeNetwork, { ...narrowed(limits.get(link.nativeNetwork), link), native: link });
  }
  return limits;
}

function narrowed(limits: Limits = {}, link: NetworkLink): Limits {
  return limits.smallest !== undefined && limits.smallest.mtu <= link.mtu ? limits : { ...limits, smallest: link };
}
