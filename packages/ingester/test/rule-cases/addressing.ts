import { cidr } from '../../src/validate/rules/cidr.js';
import { duplicateAddresses } from '../../src/validate/rules/duplicate-addresses.js';
import { ipLocality } from '../../src/validate/rules/ip-locality.js';
import { networkAddresses } from '../../src/validate/rules/network-addresses.js';
import { oneAddress } from '../../src/validate/rules/one-address.js';
import type { RuleCases } from './rule-case.js';
import { addressed, network, rack } from './site-text.js';

const cidrOf = (text: string): string => network('a', `cidr: '${text}' # @cidr`);

export const cidrCases: RuleCases = {
  rule: cidr,
  code: 'DD2006',
  title: 'CIDR Validity',
  cases: [
    ...['10.0.0.0/24', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/48', '2001:0DB8:0:0::/64'].map((text) => ({
      name: `accepts ${text}`,
      site: [cidrOf(text)],
      says: [],
    })),
    ...['172.16.100.1/24', '2001:db8::1/64'].map((text) => ({
      name: `finds the host bits of ${text}`,
      site: [cidrOf(text)],
      says: [`error @cidr [Network a] the CIDR "${text}" of network a has host bits set`],
    })),
    ...[
      ['10.0.0.7', '10.0.0.7/32'],
      ['2001:db8::1', '2001:db8::1/128'],
    ].map(([text = '', read]) => ({
      name: `doubts ${text}, which is one address`,
      site: [cidrOf(text)],
      says: [`advice @cidr [Network a] the CIDR of network a has no prefix length and is read as ${read}`],
    })),
    ...['10.0.0', '10.0.0/24', '10.0.0.0/33', '10.0.0.0/', '10.0.0.256/24', '10.0.0.0/24/1', '::/129', 'any', ''].map(
      (text) => ({
        name: `finds "${text}", which is none`,
        site: [cidrOf(text)],
        says: [`error @cidr [Network a] the CIDR "${text}" of network a is none`],
      }),
    ),
    { name: 'leaves a missing CIDR to the reading of documents', site: [network('a')], says: [] },
    {
      name: 'warns of a design without networks',
      site: [rack('r')],
      says: ['warning - [] the design has no networks'],
    },
  ],
};

const routed = (...routes: readonly string[]): string =>
  network(
    'a',
    `cidr: 10.0.0.0/24\nroutes:\n${routes.map((route, index) => `  - { ${route} } # @route-${index + 1}`).join('\n')}`,
  );
const nodeElsewhere = addressed('n1', 'network: a, address: 10.0.0.9');

export const ipLocalityCases: RuleCases = {
  rule: ipLocality,
  code: 'DD2002',
  title: 'IP Locality Check',
  cases: [
    {
      name: 'accepts gateways and addresses in their network',
      site: [
        routed('subnet: 0.0.0.0/0, gateway: 10.0.0.1'),
        addressed('n1', 'network: a, address: 10.0.0.9', 'network: a, address: dhcp'),
      ],
      says: [],
    },
    {
      name: 'accepts IPv6',
      site: [
        network('a', "cidr: 2001:db8::/64\nroutes: [{ subnet: '::/0', gateway: '2001:db8::1' }]"),
        addressed('n1', "network: a, address: '2001:DB8:0::9'"),
      ],
      says: [],
    },
    {
      name: 'finds a route without a gateway',
      site: [routed('subnet: 0.0.0.0/0'), nodeElsewhere],
      says: ['error @route-1 [Network a] network a has a route to 0.0.0.0/0 without a gateway'],
    },
    {
      name: 'finds a placeholder without a gateway',
      site: [routed('routedomain: d, metric: 1'), nodeElsewhere],
      says: ['error @route-1 [Network a] network a has a route to a route domain without a gateway'],
    },
    ...['10.0.1.1', '2001:db8::1', '10.0.0', 'gw'].map((gateway) => ({
      name: `finds the gateway ${gateway} of 10.0.0.0/24`,
      site: [
        routed('subnet: 10.9.0.0/16, gateway: 10.0.0.1', `subnet: 0.0.0.0/0, gateway: '${gateway}'`),
        nodeElsewhere,
      ],
      says: [`error @route-2 [Network a] the gateway ${gateway} of network a is not in 10.0.0.0/24`],
    })),
    {
      name: 'finds the wrong gateway of a route domain in every route that was written out',
      site: [
        network(
          'a',
          'cidr: 10.0.0.0/24\nroutedomain: d\nroutes: # @routes\n  - { routedomain: d, gateway: 10.9.9.9, metric: 1 } # @placeholder',
        ),
        network('b', 'cidr: 10.0.1.0/24\nroutedomain: d'),
        nodeElsewhere,
      ],
      says: ['@placeholder', '@routes'].map(
        (mark) => `error ${mark} [Network a] the gateway 10.9.9.9 of network a is not in 10.0.0.0/24`,
      ),
    },
    {
      name: 'leaves gateways and addresses of a network without a CIDR to the CIDR rule',
      site: [network('a', 'cidr: none\nroutes: [{ subnet: 0.0.0.0/0, gateway: 10.0.0.1 }]'), nodeElsewhere],
      says: [],
    },
    {
      name: 'finds an address outside its network',
      site: [
        routed('subnet: 0.0.0.0/0, gateway: 10.0.0.1'),
        addressed('n1', 'network: a, address: 10.0.0.9', 'network: a, address: 10.0.1.9'),
      ],
      says: ['error @n1-2 [BaremetalNode n1] node n1: address 10.0.1.9 is not in network a (10.0.0.0/24)'],
    },
    {
      name: 'finds an address that is none',
      site: [network('a', 'cidr: 10.0.0.0/24'), addressed('n1', 'network: a, address: DHCP')],
      says: ['error @n1-1 [BaremetalNode n1] node n1: "DHCP" on network a is no IP address'],
    },
    {
      name: 'finds an address on a network that is not there',
      site: [network('a', 'cidr: 10.0.0.0/24'), addressed('n1', 'network: b, address: 10.0.0.9')],
      says: ['error @n1-1 [BaremetalNode n1] node n1: address 10.0.0.9 is on network b, which is not in the design'],
    },
    {
      name: 'doubts DHCP on a network that is not there',
      site: [network('a', 'cidr: 10.0.0.0/24'), addressed('n1', 'network: b, address: dhcp')],
      says: ['advice @n1-1 [BaremetalNode n1] node n1: address dhcp is on network b, which is not in the design'],
    },
    {
      name: 'warns of a design without networks and without nodes',
      site: [rack('r')],
      says: ['warning - [] the design has no networks', 'warning - [] the design has no nodes'],
    },
  ],
};

export const duplicateAddressesCases: RuleCases = {
  rule: duplicateAddresses,
  code: 'DD2005',
  title: 'Duplicated IP Check',
  cases: [
    {
      name: 'accepts addresses of their own, and DHCP many times',
      site: [
        addressed('n1', 'network: a, address: 10.0.0.1', 'network: b, address: dhcp'),
        addressed('n2', 'network: a, address: 10.0.0.2', 'network: b, address: dhcp'),
      ],
      says: [],
    },
    {
      name: 'finds an address of two nodes, on different networks too',
      site: [addressed('n1', 'network: a, address: 10.0.0.1'), addressed('n2', 'network: b, address: 10.0.0.1')],
      says: ['error @n2-1 [BaremetalNode n2, BaremetalNode n1] address 10.0.0.1 of node n2 is already that of node n1'],
    },
    {
      name: 'finds an address twice on one node',
      site: [addressed('n1', 'network: a, address: 10.0.0.1', 'network: b, address: 10.0.0.1')],
      says: ['error @n1-2 [BaremetalNode n1] address 10.0.0.1 of node n1 is already that of the same node'],
    },
    {
      name: 'finds equal texts that are no addresses',
      site: [addressed('n1', 'network: a, address: x'), addressed('n2', 'network: a, address: x')],
      says: ['error @n2-1 [BaremetalNode n2, BaremetalNode n1] address x of node n2 is already that of node n1'],
    },
    {
      name: 'doubts one IPv6 address in two spellings',
      site: [
        addressed('n1', "network: a, address: '2001:db8::1'"),
        addressed('n2', "network: a, address: '2001:DB8:0::1'"),
      ],
      says: [
        'advice @n2-1 [BaremetalNode n2, BaremetalNode n1] address 2001:DB8:0::1 of node n2 is already that of node n1',
      ],
    },
    { name: 'warns of a design without nodes', site: [rack('r')], says: ['warning - [] the design has no nodes'] },
  ],
};

const fields = (body: string): string => network('a', `cidr: 10.0.0.0/24\n${body}`);
const doubt = (mark: string, message: string): string => `advice @${mark} [Network a] network a: ${message}`;

export const networkAddressesCases: RuleCases = {
  rule: networkAddresses,
  code: 'DD2007',
  title: 'Network Addresses',
  cases: [
    {
      name: 'accepts addresses and subnets of both families',
      site: [
        fields(
          'ranges: [{ type: dhcp, start: 10.0.0.5, end: 10.0.0.9 }]\n' +
            "routes: [{ subnet: 0.0.0.0/0, gateway: 10.0.0.1 }, { subnet: 'fd00::/8', gateway: 10.0.0.1 }, { routedomain: d, gateway: 10.0.0.1 }]\n" +
            "dns: { servers: '10.0.0.2,fd00::2' }\ndhcp_relay: { self_ip: 10.0.0.3, upstream_target: 10.0.9.9 }",
        ),
      ],
      says: [],
    },
    {
      name: 'doubts a range without a start or an end',
      site: [
        fields('ranges:\n  - { type: dhcp, start: 10.0.0.5 } # @first\n  - { type: static, end: 10.0.0.9 } # @second'),
      ],
      says: [doubt('first', 'a dhcp range has no end'), doubt('second', 'a static range has no start')],
    },
    {
      name: 'doubts a route that leads nowhere',
      site: [fields('routes:\n  - { gateway: 10.0.0.1 } # @route')],
      says: [doubt('route', 'a route leads nowhere')],
    },
    {
      name: 'doubts a DNS server that is a name',
      site: [fields("dns:\n  servers: '10.0.0.2, ns1' # @servers")],
      says: [doubt('servers', 'the DNS server "ns1" is no IP address')],
    },
    {
      name: 'leaves text that is no address to the reading of documents',
      site: [
        fields(
          'ranges: [{ type: dhcp, start: x, end: y }]\nroutes: [{ subnet: x, gateway: 10.0.0.1 }]\ndhcp_relay: { self_ip: x, upstream_target: y }',
        ),
      ],
      says: [],
    },
  ],
};

export const oneAddressCases: RuleCases = {
  rule: oneAddress,
  code: 'DD2011',
  title: 'One Address per Network',
  cases: [
    {
      name: 'accepts an address on each network',
      site: [
        addressed('n1', 'network: a, address: 10.0.0.1', 'network: b, address: dhcp'),
        addressed('n2', 'network: a, address: 10.0.0.2'),
      ],
      says: [],
    },
    {
      name: 'doubts each further address on a network',
      site: [
        addressed('n1', 'network: a, address: 10.0.0.1', 'network: a, address: dhcp', 'network: a, address: 10.0.0.3'),
      ],
      says: [2, 3].map(
        (entry) => `advice @n1-${entry} [BaremetalNode n1] node n1 has more than one address on network a`,
      ),
    },
  ],
};
