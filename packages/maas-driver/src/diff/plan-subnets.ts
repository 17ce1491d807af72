import type { Network } from '@drydock/model';
import type { SubnetDocument } from '../resources/site-documents.js';
import {
  subjectOfNetwork,
  subnetOfNetwork,
  vlanOfNetwork,
  type FoundTopology,
  type PlacedLink,
  type TopologyChange,
} from './topology-model.js';

/** Domains and subnets of a link's networks; a subnet waits for its VLAN. */
export function planSubnets(found: FoundTopology, placed: PlacedLink): readonly TopologyChange[] {
  return placed.networks.flatMap((network) => [...planDomain(found, network), ...planSubnet(found, placed, network)]);
}

function planDomain(found: FoundTopology, network: Network): readonly TopologyChange[] {
  const name = network.dnsDomain;
  if (name === '' || found.domainNames.includes(name)) return [];
  const subject = subjectOfNetwork(network);
  return [
    {
      subject,
      method: 'POST',
      path: 'domains/',
      fields: { name, authoritative: false },
      text: `create domain ${name}`,
    },
  ];
}

function planSubnet(found: FoundTopology, placed: PlacedLink, network: Network): readonly TopologyChange[] {
  const vlan = vlanOfNetwork(placed.fabric, network);
  if (vlan === undefined) return [];
  const subject = subjectOfNetwork(network);
  const subnet = subnetOfNetwork(found, network);
  const fields = {
    ...(subnet?.name === network.name ? {} : { name: network.name }),
    ...(subnet?.vlan.id === vlan.id ? {} : { vlan: vlan.id }),
    ...(network.defaultGateway === null || subnet?.gateway_ip === network.defaultGateway
      ? {}
      : { gateway_ip: network.defaultGateway }),
    ...(hasServers(subnet, network.dnsServers) ? {} : { dns_servers: network.dnsServers }),
  };
  if (subnet === undefined) {
    const text = `create subnet ${network.cidr} on VLAN ${vlan.vid}`;
    return [{ subject, method: 'POST', path: 'subnets/', fields: { cidr: network.cidr, ...fields }, text }];
  }
  const names = Object.keys(fields);
  if (names.length === 0) return [];
  const text = `set ${names.join(', ')} of subnet ${network.cidr}`;
  return [{ subject, method: 'PUT', path: `subnets/${subnet.id}/`, fields, text }];
}

/** MAAS answers a list, and in some versions one text. */
function hasServers(subnet: SubnetDocument | undefined, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const servers = subnet?.dns_servers ?? [];
  const found = typeof servers === 'string' ? servers.split(/[\s,]+/).filter((server) => server !== '') : servers;
  return found.length === wanted.length && wanted.every((server, index) => found[index] === server);
}
