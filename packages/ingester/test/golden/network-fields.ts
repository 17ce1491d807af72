import type { Bonding, Network, NetworkLink, NetworkRoute } from '@drydock/model';
import type { NeutralDocument } from './site-documents.js';
import type { SiteCase } from './site-fields.js';

const link = (body: object, name = 'l'): NeutralDocument => ({
  kind: 'NetworkLink',
  name,
  body: { allowed_networks: [], ...body },
});
const network = (body: object, name = 'n'): NeutralDocument => ({
  kind: 'Network',
  name,
  body: { cidr: '10.0.0.0/24', ...body },
});

const noBond: Bonding = {
  mode: 'disabled',
  hash: null,
  peerRate: null,
  monitorRateMilliseconds: null,
  upDelayMilliseconds: null,
  downDelayMilliseconds: null,
};

const plainLink: NetworkLink = {
  name: 'l',
  bonding: noBond,
  mtu: 1500,
  linkSpeed: 'auto',
  trunking: 'disabled',
  nativeNetwork: null,
  allowedNetworks: [],
  isUnconfigured: false,
  labels: {},
};

const usualDelays = { monitorRateMilliseconds: 100, upDelayMilliseconds: 200, downDelayMilliseconds: 200 };
const ownDelays = { mon_rate: 10, up_delay: 20, down_delay: 30 };
const delays = { monitorRateMilliseconds: 10, upDelayMilliseconds: 20, downDelayMilliseconds: 30 };

const bondCase = (name: string, bonding: object, expected: Bonding): SiteCase => ({
  name,
  documents: [link({ bonding })],
  expected: { networkLinks: [{ ...plainLink, bonding: expected }] },
});

export const linkCases: readonly SiteCase[] = [
  { name: 'an empty link', documents: [link({})], expected: { networkLinks: [plainLink] } },
  {
    name: 'every field of a link',
    documents: [
      link({
        mtu: 9000,
        linkspeed: '10full',
        trunking: { mode: '802.1q', default_network: 'n' },
        allowed_networks: ['n', 'm'],
        labels: { noconfig: null, place: 'top', number: 1 },
      }),
    ],
    expected: {
      networkLinks: [
        {
          ...plainLink,
          mtu: 9000,
          linkSpeed: '10full',
          trunking: '802.1q',
          nativeNetwork: 'n',
          allowedNetworks: ['n', 'm'],
          isUnconfigured: true,
          labels: { noconfig: '', place: 'top', number: '1' },
        },
      ],
    },
  },
  bondCase(
    'LACP has defaults for everything',
    { mode: '802.3ad' },
    {
      mode: '802.3ad',
      hash: 'layer3+4',
      peerRate: 'fast',
      ...usualDelays,
    },
  ),
  bondCase(
    'LACP as it is said',
    { mode: '802.3ad', hash: 'layer2', peer_rate: 'slow', ...ownDelays },
    {
      mode: '802.3ad',
      hash: 'layer2',
      peerRate: 'slow',
      ...delays,
    },
  ),
  bondCase(
    'active-backup has delays and no LACP',
    { mode: 'active-backup', hash: 'layer2', peer_rate: 'slow' },
    {
      ...noBond,
      mode: 'active-backup',
      ...usualDelays,
    },
  ),
  bondCase(
    'balance-rr with delays of its own',
    { mode: 'balance-rr', ...ownDelays },
    {
      ...noBond,
      mode: 'balance-rr',
      ...delays,
    },
  ),
  bondCase(
    'a bond without a mode is none, whatever it says',
    { hash: 'layer2', peer_rate: 'fast', ...ownDelays },
    noBond,
  ),
];

const plainNetwork: Network = {
  name: 'n',
  cidr: '10.0.0.0/24',
  vlanId: 0,
  mtu: null,
  routeDomain: null,
  ranges: [],
  routes: [],
  defaultGateway: null,
  dnsDomain: 'local',
  dnsServers: [],
  dhcpRelaySelfIp: null,
  dhcpRelayUpstreamTarget: null,
  isUnconfigured: false,
  labels: {},
};

const route = (given: Partial<NetworkRoute>): NetworkRoute => ({
  subnet: null,
  gateway: null,
  metric: null,
  routeDomain: null,
  ...given,
});

export const networkCases: readonly SiteCase[] = [
  { name: 'the least network', documents: [network({})], expected: { networks: [plainNetwork] } },
  {
    name: 'a netmask is written as a prefix length',
    documents: [
      network({ cidr: '10.0.0.0/255.255.255.0', routes: [{ subnet: '0.0.0.0/0.0.0.0', gateway: '10.0.0.1' }] }),
    ],
    expected: {
      networks: [
        {
          ...plainNetwork,
          routes: [{ subnet: '0.0.0.0/0', gateway: '10.0.0.1', metric: null, routeDomain: null }],
          defaultGateway: '10.0.0.1',
        },
      ],
    },
  },
  {
    name: 'every field of a network',
    documents: [
      network({
        vlan: '0100',
        mtu: 9000,
        routedomain: 'storage',
        ranges: [{ type: 'static', start: '10.0.0.5', end: '10.0.0.9' }, { type: 'reserved' }],
        routes: [
          { subnet: '10.1.0.0/16', gateway: '10.0.0.1', metric: 5 },
          { subnet: '0.0.0.0/0', gateway: '10.0.0.2', metric: 10 },
          { subnet: '0.0.0.0/0', gateway: '10.0.0.3' },
        ],
        dns: { domain: 'north.example.test', servers: '10.0.0.53,, 10.0.1.53 ' },
        dhcp_relay: { self_ip: '10.0.0.4', upstream_target: '10.0.5.5' },
        labels: { noconfig: 'true' },
      }),
    ],
    expected: {
      networks: [
        {
          ...plainNetwork,
          vlanId: 100,
          mtu: 9000,
          routeDomain: 'storage',
          ranges: [
            { type: 'static', start: '10.0.0.5', end: '10.0.0.9' },
            { type: 'reserved', start: null, end: null },
          ],
          routes: [
            route({ subnet: '10.1.0.0/16', gateway: '10.0.0.1', metric: 5 }),
            route({ subnet: '0.0.0.0/0', gateway: '10.0.0.2', metric: 10 }),
            route({ subnet: '0.0.0.0/0', gateway: '10.0.0.3' }),
          ],
          defaultGateway: '10.0.0.2',
          dnsDomain: 'north.example.test',
          dnsServers: ['10.0.0.53', '10.0.1.53'],
          dhcpRelaySelfIp: '10.0.0.4',
          dhcpRelayUpstreamTarget: '10.0.5.5',
          isUnconfigured: true,
          labels: { noconfig: 'true' },
        },
      ],
    },
  },
];

interface DomainMember {
  readonly name: string;
  readonly cidr: string;
  readonly routedomain?: string;
  readonly routes?: readonly object[];
}

const routesCase = (
  name: string,
  members: readonly DomainMember[],
  routes: Readonly<Record<string, readonly NetworkRoute[]>>,
): SiteCase => ({
  name,
  documents: members.map(({ name: member, ...body }) => network(body, member)),
  expected: {
    networks: members.map((member) => ({
      ...plainNetwork,
      name: member.name,
      cidr: member.cidr,
      routeDomain: member.routedomain ?? null,
      routes: routes[member.name] ?? [],
    })),
  },
});

const storage = { routedomain: 'storage', metric: 10 };
const said = (gateway: string): NetworkRoute => route({ gateway, metric: 10, routeDomain: 'storage' });
const written = (subnet: string, gateway: string): NetworkRoute => route({ subnet, gateway, metric: 10 });

export const routeDomainCases: readonly SiteCase[] = [
  routesCase(
    'each member of a route domain gets routes to the others, whatever the order of documents',
    [
      { name: 's3', cidr: '10.0.3.0/24', routedomain: 'storage', routes: [{ ...storage, gateway: '10.0.3.1' }] },
      { name: 's1', cidr: '10.0.1.0/24', routedomain: 'storage', routes: [{ ...storage, gateway: '10.0.1.1' }] },
      { name: 's2', cidr: '10.0.2.0/24', routedomain: 'storage', routes: [{ ...storage, gateway: '10.0.2.1' }] },
    ],
    {
      s1: [said('10.0.1.1'), written('10.0.2.0/24', '10.0.1.1'), written('10.0.3.0/24', '10.0.1.1')],
      s2: [said('10.0.2.1'), written('10.0.1.0/24', '10.0.2.1'), written('10.0.3.0/24', '10.0.2.1')],
      s3: [said('10.0.3.1'), written('10.0.1.0/24', '10.0.3.1'), written('10.0.2.0/24', '10.0.3.1')],
    },
  ),
  routesCase(
    'a network outside the domain may route into it; a member without a route of the domain gets none',
    [
      { name: 'in', cidr: '10.0.1.0/24', routedomain: 'storage' },
      { name: 'out', cidr: '10.0.2.0/24', routes: [{ ...storage, gateway: '10.0.2.1' }] },
    ],
    { out: [said('10.0.2.1'), written('10.0.1.0/24', '10.0.2.1')] },
  ),
  routesCase(
    'a placeholder without a metric or gateway, a second one, and one of no domain stand for nothing',
    [
      { name: 'in', cidr: '10.0.1.0/24', routedomain: 'storage' },
      { name: 'a', cidr: '10.0.2.0/24', routes: [{ routedomain: 'storage', gateway: '10.0.2.1' }] },
      {
        name: 'b',
        cidr: '10.0.3.0/24',
        routes: [
          { routedomain: 'storage', metric: 10 },
          { ...storage, gateway: '10.0.3.1' },
        ],
      },
      { name: 'c', cidr: '10.0.4.0/24', routes: [{ routedomain: 'other', metric: 10, gateway: '10.0.4.1' }] },
    ],
    {
      a: [route({ gateway: '10.0.2.1', routeDomain: 'storage' })],
      b: [route({ metric: 10, routeDomain: 'storage' }), said('10.0.3.1')],
      c: [route({ gateway: '10.0.4.1', metric: 10, routeDomain: 'other' })],
    },
  ),
  routesCase(
    'a metric of 0 is one, and a route that is there already is not written again',
    [
      { name: 'in', cidr: '10.0.1.0/24', routedomain: 'storage' },
      { name: 'in2', cidr: '10.0.5.0/24', routedomain: 'storage' },
      {
        name: 'a',
        cidr: '10.0.2.0/24',
        routes: [
          { routedomain: 'storage', metric: 0, gateway: '10.0.2.1' },
          { subnet: '10.0.1.0/24', gateway: '10.0.2.1', metric: 7 },
          { subnet: '10.0.5.0/24', gateway: '10.0.2.9', metric: 7 },
        ],
      },
    ],
    {
      a: [
        route({ gateway: '10.0.2.1', metric: 0, routeDomain: 'storage' }),
        route({ subnet: '10.0.1.0/24', gateway: '10.0.2.1', metric: 7 }),
        route({ subnet: '10.0.5.0/24', gateway: '10.0.2.9', metric: 7 }),
        route({ subnet: '10.0.5.0/24', gateway: '10.0.2.1', metric: 0 }),
      ],
    },
  ),
];
