import { dhcpRange } from '../../src/validate/rules/dhcp-range.js';
import { networkRanges } from '../../src/validate/rules/network-ranges.js';
import { staticAddress } from '../../src/validate/rules/static-address.js';
import type { RuleCases } from './rule-case.js';
import { addressed, link, network } from './site-text.js';

const fields = (body: string): string => network('a', `cidr: 10.0.0.0/24\n${body}`);
const doubt = (mark: string, message: string): string => `advice @${mark} [Network a] network a: ${message}`;

const ranged = (...ranges: readonly string[]): string =>
  fields(`ranges:\n${ranges.map((range, index) => `  - { ${range} } # @${index + 1}`).join('\n')}`);
const range = (type: string, start: number | string, end: number | string): string =>
  `type: ${type}, start: '${typeof start === 'number' ? `10.0.0.${start}` : start}', end: '${typeof end === 'number' ? `10.0.0.${end}` : end}'`;

export const networkRangesCases: RuleCases = {
  rule: networkRanges,
  code: 'DD2008',
  title: 'Network Ranges',
  cases: [
    {
      name: 'accepts ranges side by side, up to the ends of the network',
      site: [ranged(range('reserved', 200, 255), range('static', 0, 99), range('dhcp', 100, 199))],
      says: [],
    },
    { name: 'accepts a range of one address', site: [ranged(range('static', 7, 7))], says: [] },
    {
      name: 'doubts ranges that overlap by one address',
      site: [ranged(range('static', 10, 20), range('dhcp', 20, 30))],
      says: [
        doubt('2', 'the dhcp range from 10.0.0.20 to 10.0.0.30 overlaps the static range from 10.0.0.10 to 10.0.0.20'),
      ],
    },
    {
      name: 'doubts every range inside a large one, in whatever order they stand',
      site: [ranged(range('dhcp', 30, 40), range('reserved', 1, 100), range('static', 50, 60))],
      says: [
        doubt(
          '1',
          'the dhcp range from 10.0.0.30 to 10.0.0.40 overlaps the reserved range from 10.0.0.1 to 10.0.0.100',
        ),
        doubt(
          '3',
          'the static range from 10.0.0.50 to 10.0.0.60 overlaps the reserved range from 10.0.0.1 to 10.0.0.100',
        ),
      ],
    },
    {
      name: 'doubts a range outside the network',
      site: [ranged(range('dhcp', 250, '10.0.1.5'), range('dhcp', 'fd00::1', 'fd00::2'))],
      says: [
        doubt('1', 'the dhcp range from 10.0.0.250 to 10.0.1.5 is not inside 10.0.0.0/24'),
        doubt('2', 'the dhcp range from fd00::1 to fd00::2 is not inside 10.0.0.0/24'),
      ],
    },
    {
      name: 'doubts a range that ends before it starts, or in another family',
      site: [ranged(range('dhcp', 9, 8), range('dhcp', 9, 'fd00::2'))],
      says: [
        doubt('1', 'the range from 10.0.0.9 to 10.0.0.8 is empty'),
        doubt('2', 'the range from 10.0.0.9 to fd00::2 is empty'),
      ],
    },
    {
      name: 'doubts a type that nobody knows',
      site: [ranged(range('dynamic', 8, 9))],
      says: [doubt('1', 'the range from 10.0.0.8 to 10.0.0.9 has the type "dynamic"')],
    },
    { name: 'leaves ends that are no addresses to another rule', site: [ranged(range('dhcp', 'x', 9))], says: [] },
  ],
};

const staticAndDhcp = ranged(range('static', 10, 19), range('static', 20, 29), range('dhcp', 100, 199));

export const staticAddressCases: RuleCases = {
  rule: staticAddress,
  code: 'DD2009',
  title: 'Static Address Ranges',
  cases: [
    ...[10, 19, 20, 29].map((host) => ({
      name: `accepts 10.0.0.${host} in a static range`,
      site: [staticAndDhcp, addressed('n1', `network: a, address: 10.0.0.${host}`)],
      says: [],
    })),
    ...[9, 30, 250].map((host) => ({
      name: `doubts 10.0.0.${host} outside the static ranges`,
      site: [staticAndDhcp, addressed('n1', `network: a, address: 10.0.0.${host}`)],
      says: [
        `advice @n1-1 [BaremetalNode n1] node n1: address 10.0.0.${host} is in none of the static ranges of network a`,
      ],
    })),
    ...[100, 199].map((host) => ({
      name: `doubts 10.0.0.${host} in a dhcp range`,
      site: [staticAndDhcp, addressed('n1', `network: a, address: 10.0.0.${host}`)],
      says: [
        `advice @n1-1 [BaremetalNode n1] node n1: address 10.0.0.${host} is static and lies in a dhcp range of network a`,
      ],
    })),
    {
      name: 'accepts any address of a network without static ranges',
      site: [
        ranged(range('reserved', 1, 9)),
        addressed('n1', 'network: a, address: 10.0.0.5', 'network: a, address: dhcp'),
      ],
      says: [],
    },
    {
      name: 'leaves an address outside its network to another rule',
      site: [staticAndDhcp, addressed('n1', 'network: a, address: 10.9.9.9', 'network: x, address: 10.0.0.1')],
      says: [],
    },
  ],
};

const relayed = 'cidr: 10.0.0.0/24\ndhcp_relay: { upstream_target: 10.0.9.9 }';

export const dhcpRangeCases: RuleCases = {
  rule: dhcpRange,
  code: 'DD2010',
  title: 'DHCP Ranges',
  cases: [
    {
      name: 'accepts a network with a dhcp range',
      site: [ranged(range('dhcp', 100, 199)), addressed('n1', 'network: a, address: dhcp')],
      says: [],
    },
    {
      name: 'accepts a network that nobody asks',
      site: [fields(''), addressed('n1', 'network: a, address: 10.0.0.9')],
      says: [],
    },
    {
      name: 'doubts a network on which a node has its address by DHCP, once',
      site: [
        network('a', 'cidr: 10.0.0.0/24\nranges: # @ranges\n  - { type: static, start: 10.0.0.1, end: 10.0.0.2 }'),
        addressed('n1', 'network: a, address: dhcp'),
        addressed('n2', 'network: a, address: dhcp'),
      ],
      says: [
        'advice @ranges [Network a, BaremetalNode n1] network a gives node n1 its address by DHCP and has no dhcp range',
      ],
    },
    {
      name: 'doubts a network that relays DHCP',
      site: [network('a', relayed)],
      says: ['advice @data [Network a] network a relays DHCP and has no dhcp range'],
    },
    {
      name: 'accepts a network whose link somebody else configures',
      site: [
        link('l', 'labels: { noconfig: true }\ntrunking: { default_network: a }\nallowed_networks: [a]'),
        network('a', relayed),
        addressed('n1', 'network: a, address: dhcp'),
      ],
      says: [],
    },
  ],
};
