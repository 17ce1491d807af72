import type { GeneratedDocument } from './generated-document.js';
import { networkName, subnetPrefix, type RackLayout, type RackNetwork } from './site-layout.js';
import type { YamlValue } from './write-yaml.js';

/** A rack, its links and its networks. */
export function rackDocuments(rack: RackLayout): readonly GeneratedDocument[] {
  return [
    {
      kind: 'Rack',
      name: rack.name,
      body: {
        tor_switches: {
          [`${rack.name}-sw1`]: {
            mgmt_ip: `${subnetPrefix(rack, 'oob')}.2`,
            sdn_api_uri: 'https://sdn.example.test/1',
          },
          [`${rack.name}-sw2`]: {
            mgmt_ip: `${subnetPrefix(rack, 'oob')}.3`,
            sdn_api_uri: 'https://sdn.example.test/2',
          },
        },
        location: { clli: 'EXMPLTST', grid: `G${rack.number}` },
        local_networks: [networkName(rack, 'pxe')],
        labels: { row: rack.row },
      },
    },
    ...linkDocuments(rack),
    ...networkDocuments(rack),
  ];
}

/** For instance `data-rack-0001`. */
export function linkName(rack: RackLayout, link: 'oob' | 'pxe' | 'data'): string {
  return `${link}-${rack.name}`;
}

function linkDocuments(rack: RackLayout): readonly GeneratedDocument[] {
  const networksOfBond: readonly RackNetwork[] = ['mgmt', 'storage', 'overlay'];
  const untagged = (link: 'oob' | 'pxe'): GeneratedDocument => ({
    kind: 'NetworkLink',
    name: linkName(rack, link),
    body: {
      bonding: { mode: 'disabled' },
      mtu: 1500,
      linkspeed: 'auto',
      trunking: { mode: 'disabled', default_network: networkName(rack, link) },
      allowed_networks: [networkName(rack, link)],
      ...(link === 'oob' ? { labels: { noconfig: 'enabled' } } : {}),
    },
  });
  return [
    untagged('oob'),
    untagged('pxe'),
    {
      kind: 'NetworkLink',
      name: linkName(rack, 'data'),
      body: {
        bonding: {
          mode: '802.3ad',
          hash: 'layer3+4',
          peer_rate: 'fast',
          mon_rate: 100,
          up_delay: 1000,
          down_delay: 3000,
        },
        mtu: 9100,
        linkspeed: 'auto',
        trunking: { mode: '802.1q', default_network: networkName(rack, 'mgmt') },
        allowed_networks: networksOfBond.map((network) => networkName(rack, network)),
      },
    },
  ];
}

type NetworkFields = Readonly<Record<string, YamlValue>>;

function networkDocuments(rack: RackLayout): readonly GeneratedDocument[] {
  const network = (name: RackNetwork, fields: NetworkFields): GeneratedDocument => ({
    kind: 'Network',
    name: networkName(rack, name),
    body: { cidr: `${subnetPrefix(rack, name)}.0/24`, ...fields },
  });
  const range = (name: RackNetwork, type: string, [start, end]: readonly [number, number]): YamlValue => ({
    type,
    start: `${subnetPrefix(rack, name)}.${start}`,
    end: `${subnetPrefix(rack, name)}.${end}`,
  });
  const gatewayOf = (name: RackNetwork): string => `${subnetPrefix(rack, name)}.1`;
  const domain = `rack-storage-${rack.row}`;
  return [
    network('oob', {
      labels: { noconfig: 'enabled' },
      dns: { domain: 'oob.example.test', servers: '10.255.0.2,10.255.0.3' },
    }),
    network('pxe', {
      dhcp_relay: { self_ip: `${subnetPrefix(rack, 'pxe')}.2`, upstream_target: '10.255.0.10' },
      routes: [{ subnet: '10.255.0.0/24', gateway: gatewayOf('pxe'), metric: 100 }],
      ranges: [range('pxe', 'reserved', [1, 10]), range('pxe', 'dhcp', [40, 250])],
      dns: { domain: 'pxe.example.test', servers: '10.255.0.2,10.255.0.3' },
    }),
    network('mgmt', {
      mtu: 1500,
      routes: [{ subnet: '0.0.0.0/0', gateway: gatewayOf('mgmt'), metric: 10 }],
      ranges: [range('mgmt', 'reserved', [1, 10]), range('mgmt', 'static', [11, 254])],
      dns: { domain: `${rack.row}.example.test`, servers: '10.255.0.2,10.255.0.3' },
    }),
    network('storage', {
      vlan: '102',
      mtu: 9100,
      routedomain: domain,
      routes: [{ routedomain: domain, gateway: gatewayOf('storage'), metric: 20 }],
      ranges: [range('storage', 'static', [11, 254])],
    }),
    network('overlay', { vlan: '103', mtu: 9000, ranges: [range('overlay', 'static', [11, 254])] }),
  ];
}
