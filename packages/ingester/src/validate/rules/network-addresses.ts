import type { Network } from '@drydock/model';
import { parseAddress } from '../ip-text.js';
import { aboutNetwork, type ValidationRule } from '../validation-rule.js';

interface Wrong {
  readonly keys: readonly (string | number)[];
  readonly message: string;
  readonly diagnostic: string;
}

/** What the provisioner refuses or leaves out; of text in the place of an address, reading documents speaks. */
export const networkAddresses: ValidationRule = {
  id: 'network.addresses',
  code: 'DD2007',
  title: 'Network Addresses',
  check({ site: { networks } }, report) {
    for (const network of networks) {
      for (const { keys, message, diagnostic } of problemsOf(network)) {
        report.advice({
          message: `network ${network.name}: ${message}`,
          diagnostic,
          about: aboutNetwork(network.name),
          keys,
        });
      }
    }
  },
};

function problemsOf(network: Network): readonly Wrong[] {
  return [...openRanges(network), ...placelessRoutes(network), ...namedServers(network)];
}

function openRanges({ ranges }: Network): readonly Wrong[] {
  return ranges.flatMap(({ type, start, end }, index) =>
    Object.entries({ start, end })
      .filter(([, address]) => address === null)
      .map(([key]) => ({
        keys: ['ranges', index],
        message: `a ${type} range has no ${key}`,
        diagnostic: 'give the range a start and an end',
      })),
  );
}

/** The original leaves out a route without a subnet, so only a placeholder of a route domain may have none. */
function placelessRoutes({ routes }: Network): readonly Wrong[] {
  return routes.flatMap(({ subnet, routeDomain }, index) => {
    if (subnet !== null || routeDomain !== null) return [];
    const diagnostic = 'give it a subnet, or a routedomain with gateway and metric';
    return [{ keys: ['routes', index], message: 'a route leads nowhere', diagnostic }];
  });
}

function namedServers({ dnsServers }: Network): readonly Wrong[] {
  return dnsServers
    .filter((server) => parseAddress(server) === null)
    .map((server) => ({
      keys: ['dns', 'servers'],
      message: `the DNS server "${server}" is no IP address`,
      diagnostic: 'write IP addresses with commas between them',
    }));
}
