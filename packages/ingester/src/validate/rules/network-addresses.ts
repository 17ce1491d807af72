import type { Network } from '@drydock/model';
import { parseAddress, parseCidr } from '../ip-text.js';
import { aboutNetwork, type ValidationRule } from '../validation-rule.js';

interface Wrong {
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

/** Texts that the provisioner would refuse halfway through a site; the original did not look at them (02 §6.4). */
export const networkAddresses: ValidationRule = {
  id: 'network.addresses',
  code: 'DD2006',
  title: 'Network Addresses',
  passed: 'every range, route and relay of every network can be read',
  check({ site: { networks } }, report) {
    for (const network of networks) {
      for (const { keys, message } of [...wrongRanges(network), ...wrongRoutes(network), ...wrongRelay(network)]) {
        report.error({
          message: `network ${network.name}: ${message}`,
          diagnostic: 'write an IP address, or for a subnet an address with a prefix length',
          about: aboutNetwork(network.name),
          keys,
        });
      }
    }
  },
};

function wrongRanges({ ranges }: Network): readonly Wrong[] {
  return ranges.flatMap((range, index) =>
    (['start', 'end'] as const).flatMap((key) => {
      const text = range[key];
      if (text !== null && parseAddress(text) !== null) return [];
      return [
        { keys: ['ranges', index, key], message: `the ${key} of a ${range.type} range is ${quoted(text)}, no address` },
      ];
    }),
  );
}

function wrongRoutes({ routes }: Network): readonly Wrong[] {
  return routes.flatMap(({ subnet, routeDomain }, index) => {
    if (subnet === null ? routeDomain !== null : parseCidr(subnet) !== null) return [];
    return [{ keys: ['routes', index, 'subnet'], message: `a route has the subnet ${quoted(subnet)}, which is none` }];
  });
}

function wrongRelay({ dhcpRelaySelfIp, dhcpRelayUpstreamTarget }: Network): readonly Wrong[] {
  return Object.entries({ self_ip: dhcpRelaySelfIp, upstream_target: dhcpRelayUpstreamTarget }).flatMap(
    ([key, text]) =>
      text === null || parseAddress(text) !== null
        ? []
        : [{ keys: ['dhcp_relay', key], message: `dhcp_relay.${key} is ${quoted(text)}, no address` }],
  );
}

function quoted(text: string | null): string {
  return text === null ? 'missing' : `"${text}"`;
}
