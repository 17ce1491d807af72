import { allowedNetworks } from '../../src/validate/rules/allowed-networks.js';
import { mtu } from '../../src/validate/rules/mtu.js';
import { networkBond } from '../../src/validate/rules/network-bond.js';
import { networkTrunking } from '../../src/validate/rules/network-trunking.js';
import type { RuleCase, RuleCases } from './rule-case.js';
import { link, network, node } from './site-text.js';

const mtuOf = (value: number): Omit<RuleCase, 'name' | 'says'> => ({
  site: [link('l', `mtu: ${value} # @link`), network('a', `cidr: 10.0.0.0/24\nmtu: ${value} # @network`)],
});

export const mtuCases: RuleCases = {
  rule: mtu,
  code: 'DD2003',
  title: 'MTU Rationality',
  cases: [
    ...[1280, 65536].map((value) => ({ name: `accepts ${value}`, ...mtuOf(value), says: [] })),
    ...[1279, 65537].map((value) => ({
      name: `finds ${value}`,
      ...mtuOf(value),
      says: [`error @link [NetworkLink l] link l has ${value}`, `error @network [Network a] network a has ${value}`],
    })),
    {
      name: 'accepts a network as large as its link',
      site: [
        link('l', 'mtu: 9000\ntrunking: { mode: 802.1q, default_network: a }\nallowed_networks: [a, b]'),
        network('a', 'cidr: 10.0.0.0/24\nmtu: 9000'),
        network('b', 'cidr: 10.0.1.0/24\nmtu: 1500'),
        network('c', 'cidr: 10.0.2.0/24'),
      ],
      says: [],
    },
    {
      name: 'finds a native network larger than its link',
      site: [
        link('l', 'trunking: { default_network: a }\nallowed_networks: [a]'),
        network('a', 'cidr: 10.0.0.0/24\nmtu: 1501 # @network'),
      ],
      says: ['error @network [Network a] network a has 1501, more than 1500 of its link l'],
    },
    {
      name: 'doubts a tagged network larger than its link',
      site: [
        link('l', 'trunking: { mode: 802.1q }\nallowed_networks: [a]'),
        network('a', "cidr: 10.0.0.0/24\nvlan: '7'\nmtu: 1501 # @network"),
      ],
      says: ['advice @network [Network a] network a has 1501, more than 1500 of its link l'],
    },
    {
      name: 'compares a network that is native on two links with the last, and doubts the smaller one',
      site: [
        link('small', 'trunking: { default_network: a }\nallowed_networks: []'),
        link('large', 'mtu: 9000\ntrunking: { default_network: a }\nallowed_networks: []'),
        network('a', 'cidr: 10.0.0.0/24\nmtu: 9000 # @network'),
      ],
      says: ['advice @network [Network a] network a has 9000, more than 1500 of its link small'],
    },
  ],
};

const plain = network('a', 'cidr: 10.0.0.0/24');
const tagged = network('t', "cidr: 10.0.1.0/24\nvlan: '7' # @vlan");

export const networkTrunkingCases: RuleCases = {
  rule: networkTrunking,
  code: 'DD2004',
  title: 'Network Trunking Rationalty',
  cases: [
    {
      name: 'accepts one untagged network without trunking',
      site: [link('l', 'trunking: { default_network: a }\nallowed_networks: [a]'), plain],
      says: [],
    },
    {
      name: 'accepts many networks with trunking, a tagged native one too',
      site: [
        link('l', 'trunking: { mode: 802.1q, default_network: t }\nallowed_networks: [a, t]'),
        link('m', 'trunking: { mode: 802.1q }\nallowed_networks: [a, t]'),
        plain,
        tagged,
      ],
      says: [],
    },
    {
      name: 'finds two networks without trunking',
      site: [link('l', 'trunking: { default_network: a } # @trunking\nallowed_networks: [a, t]'), plain, tagged],
      says: ['error @trunking [NetworkLink l] link l allows 2 networks without trunking'],
    },
    {
      name: 'finds a link with neither trunking nor a native network',
      site: [link('l', 'allowed_networks: [a]'), plain],
      says: ['error @data [NetworkLink l] link l has neither trunking nor a native network'],
    },
    {
      name: 'finds a tagged native network without trunking, and points at its tag',
      site: [link('l', 'trunking: { default_network: t }\nallowed_networks: [t]'), tagged],
      says: [
        'error @vlan [Network t, NetworkLink l] network t is tagged (VLAN 7) and native on link l without trunking',
      ],
    },
    {
      name: 'finds a native network that is not there without trunking',
      site: [link('l', 'trunking: { default_network: other } # @trunking\nallowed_networks: [a]'), plain],
      says: ['error @trunking [NetworkLink l] the native network other of link l is not in the design'],
    },
    {
      name: 'doubts a native network that is not there with trunking',
      site: [link('l', 'trunking: { mode: 802.1q, default_network: other } # @trunking\nallowed_networks: [a]'), plain],
      says: ['advice @trunking [NetworkLink l] the native network other of link l is not in the design'],
    },
  ],
};

const bond = (options: string): string => link('l', `bonding: # @bonding\n${options}\nallowed_networks: []`);
const delays = (mode: string): RuleCase => ({
  name: `finds delays below the monitor rate in ${mode}`,
  site: [bond(`  mode: ${mode}\n  mon_rate: 300\n  up_delay: 299 # @up\n  down_delay: 100 # @down`)],
  says: [
    'error @up [NetworkLink l] link l: up_delay 299 is less than mon_rate 300',
    'error @down [NetworkLink l] link l: down_delay 100 is less than mon_rate 300',
  ],
});

export const networkBondCases: RuleCases = {
  rule: networkBond,
  code: 'DD1006',
  title: 'Network Bond Rationality',
  cases: [
    ...['802.3ad', 'active-backup', 'balance-rr', 'disabled'].map((mode) => ({
      name: `accepts the defaults of ${mode}`,
      site: [bond(`  mode: ${mode}`)],
      says: [],
    })),
    { name: 'accepts a link without bonding', site: [link('l', 'allowed_networks: []')], says: [] },
    {
      name: 'accepts delays as long as the monitor rate',
      site: [bond('  { mode: 802.3ad, mon_rate: 300, up_delay: 300, down_delay: 300, peer_rate: slow, hash: layer2 }')],
      says: [],
    },
    delays('802.3ad'),
    delays('active-backup'),
    {
      name: 'finds a default delay below the monitor rate',
      site: [bond('  mode: 802.3ad\n  mon_rate: 201\n  up_delay: 201')],
      says: ['error @bonding [NetworkLink l] link l: down_delay 200 is less than mon_rate 201'],
    },
    {
      name: 'accepts any delay in balance-rr',
      site: [bond('  { mode: balance-rr, mon_rate: 300, up_delay: 1, down_delay: 1 }')],
      says: [],
    },
    {
      name: 'doubts a hash policy that nobody knows',
      site: [bond('  mode: 802.3ad\n  hash: layer9 # @hash')],
      says: ['advice @hash [NetworkLink l] link l: "layer9" is no hash policy'],
    },
    { name: 'accepts options of a link that is no bond', site: [bond('  { hash: layer9, up_delay: 1 }')], says: [] },
  ],
};

const linkOf = (name: string, networks: string): string =>
  link(name, `trunking: { mode: 802.1q }\nallowed_networks: [${networks}] # @${name}`);
const interfaceOf = (body: string): string => node('n1', `interfaces:\n  e0: { ${body} } # @e0`);
const other = network('b', 'cidr: 10.0.9.0/24');

export const allowedNetworksCases: RuleCases = {
  rule: allowedNetworks,
  code: 'DD1007',
  title: 'Allowed Network Check',
  cases: [
    {
      name: 'accepts an interface with networks that its link allows',
      site: [linkOf('l', 'a, b'), plain, other, interfaceOf('device_link: l, networks: [a, b]')],
      says: [],
    },
    {
      name: 'accepts an interface with neither link nor networks',
      site: [linkOf('l', 'a'), plain, interfaceOf('slaves: [e]')],
      says: [],
    },
    {
      name: 'finds a network on two links',
      site: [linkOf('l', 'a, a'), linkOf('m', 'a'), plain],
      says: ['error @m [NetworkLink m, NetworkLink l] network a is allowed on link l and on link m'],
    },
    {
      name: 'finds a network that the link does not allow',
      site: [linkOf('l', 'a'), plain, other, interfaceOf('device_link: l, networks: [a, b]')],
      says: ['error @e0 [BaremetalNode n1] node n1: network b of interface e0 is not allowed on link l'],
    },
    {
      name: 'finds networks without a link',
      site: [linkOf('l', 'a'), plain, interfaceOf('networks: [a]')],
      says: ['error @e0 [BaremetalNode n1] node n1: interface e0 has networks and no link'],
    },
    {
      name: 'finds networks on a link that is not there',
      site: [linkOf('l', 'a'), plain, interfaceOf('device_link: x, networks: [a]')],
      says: ['error @e0 [BaremetalNode n1] node n1: link x of interface e0 is not in the design'],
    },
    {
      name: 'doubts a link that is not there on an interface without networks',
      site: [linkOf('l', 'a'), plain, interfaceOf('device_link: x')],
      says: ['advice @e0 [BaremetalNode n1] node n1: link x of interface e0 is not in the design'],
    },
    {
      name: 'doubts an allowed network that is not there',
      site: [linkOf('l', 'a, x'), plain],
      says: ['advice @l [NetworkLink l] network x, which link l allows, is not in the design'],
    },
  ],
};
