import { aboutLink, aboutNetwork, type ValidationRule } from '../validation-rule.js';

const minimum = 1280;
const maximum = 65536;

/** Checks every allowed network against its link, where the original looked at the native one only (02 §6.3). */
export const mtu: ValidationRule = {
  id: 'network.mtu',
  code: 'DD2003',
  title: 'MTU Rationality',
  passed: 'every MTU is in bounds and fits its link',
  check({ site: { networkLinks, networks } }, report) {
    const bounds = { message: `an MTU lies between ${minimum} and ${maximum}`, diagnostic: 'correct the mtu' };
    const smallestLink = new Map<string, { readonly link: string; readonly mtu: number }>();
    for (const link of networkLinks) {
      if (link.mtu < minimum || link.mtu > maximum) {
        const message = `link ${link.name} has ${link.mtu}, and ${bounds.message}`;
        report.error({ ...bounds, message, about: aboutLink(link.name), keys: ['mtu'] });
      }
      for (const network of [link.nativeNetwork, ...link.allowedNetworks]) {
        if (network === null || (smallestLink.get(network)?.mtu ?? Infinity) <= link.mtu) continue;
        smallestLink.set(network, { link: link.name, mtu: link.mtu });
      }
    }
    for (const network of networks) {
      if (network.mtu === null) continue;
      const about = { about: aboutNetwork(network.name), keys: ['mtu'] };
      if (network.mtu < minimum || network.mtu > maximum) {
        report.error({
          ...bounds,
          message: `network ${network.name} has ${network.mtu}, and ${bounds.message}`,
          ...about,
        });
      }
      const parent = smallestLink.get(network.name);
      if (parent === undefined || network.mtu <= parent.mtu) continue;
      report.error({
        message: `network ${network.name} has ${network.mtu}, more than ${parent.mtu} of its link ${parent.link}`,
        diagnostic: 'lower the mtu of the network, or raise that of the link',
        ...about,
      });
    }
  },
};
