import { describe, expect, test } from '@jest/globals';
import { network, networkLink } from '@drydock/testkit';
import { siteNetworks } from '../../test/support/demo-node.js';
import type { FabricDocument, RackDocument, SubnetDocument, VlanDocument } from '../resources/site-documents.js';
import { planTopology } from './plan-topology.js';
import type { FoundTopology, TopologyPlan } from './topology-model.js';

const empty: FoundTopology = { fabrics: [], subnets: [], ranges: [], routes: [], domainNames: [], racks: [] };

function vlan(id: number, vid: number, over: Partial<VlanDocument> = {}): VlanDocument {
  return {
    id,
    vid,
    fabric_id: 1,
    name: 'untagged',
    mtu: 1500,
    dhcp_on: false,
    primary_rack: null,
    secondary_rack: null,
    relay_vlan: null,
    ...over,
  };
}

function fabric(id: number, name: string, vlans: readonly VlanDocument[]): FabricDocument {
  return { id, name, vlans: vlans.map((it) => ({ ...it, fabric_id: id })) };
}

function subnet(id: number, cidr: string, on: VlanDocument, over: Partial<SubnetDocument> = {}): SubnetDocument {
  return { id, name: cidr, cidr, vlan: on, gateway_ip: null, dns_servers: [], ...over };
}

function rack(systemId: string, vlanId: number, address: string): RackDocument {
  return {
    system_id: systemId,
    hostname: systemId,
    interface_set: [{ vlan: { id: vlanId }, links: [{ ip_address: address }] }],
  };
}

const texts = (plan: TopologyPlan) =>
  plan.changes.map(({ method, path, fields }) => `${method} ${path} ${JSON.stringify(fields)}`);

const lan = network('lan', { cidr: '10.0.0.0/24', dnsDomain: 'lan.test' });
const design = { links: [networkLink('lan', { allowedNetworks: ['lan'], nativeNetwork: 'lan' })], networks: [lan] };
const untagged = vlan(5, 0, { name: 'lan' });
const built: FoundTopology = {
  ...empty,
  fabrics: [fabric(1, 'lan', [untagged])],
  subnets: [subnet(3, '10.0.0.0/24', untagged, { name: 'lan' })],
  domainNames: ['lan.test'],
};
const dhcp = { ...lan, ranges: [{ type: 'dhcp', start: '10.0.0.100', end: '10.0.0.199' }] };
const withRange: FoundTopology = {
  ...built,
  ranges: [{ id: 1, type: 'dynamic', start_ip: '10.0.0.100', end_ip: '10.0.0.199', subnet: { id: 3 } }],
};
const served = (racks: readonly RackDocument[], over: Partial<VlanDocument> = {}): FoundTopology => ({
  ...withRange,
  fabrics: [fabric(1, 'lan', [{ ...untagged, ...over }])],
  racks,
});

describe('planTopology', () => {
  test('makes fabrics before anything that stands on them', () => {
    expect(texts(planTopology(empty, siteNetworks))).toEqual([
      'POST fabrics/ {"name":"pxe"}',
      'POST fabrics/ {"name":"gp"}',
    ]);
  });

  test('leaves alone what is as wanted', () => {
    expect(planTopology(built, design)).toEqual({ changes: [], problems: [] });
  });

  test('gives a fabric that MAAS has discovered the name of the link', () => {
    const found = { ...built, fabrics: [fabric(1, 'fabric-1', [untagged])] };
    expect(texts(planTopology(found, design))).toEqual(['PUT fabrics/1/ {"name":"lan"}']);
  });

  test('skips links and networks that the design leaves unconfigured', () => {
    const skipped = { ...design, links: design.links.map((it) => ({ ...it, isUnconfigured: true })) };
    expect(planTopology(empty, skipped)).toEqual({ changes: [], problems: [] });
  });

  test('fails a link whose networks are on several fabrics', () => {
    const other = network('other', { cidr: '10.0.1.0/24' });
    const found = { ...built, subnets: [...built.subnets, subnet(4, '10.0.1.0/24', vlan(6, 0, { fabric_id: 2 }))] };
    const links = [networkLink('lan', { allowedNetworks: ['lan', 'other'] })];
    expect(planTopology(found, { links, networks: [lan, other] }).problems).toMatchObject([
      { subject: { contextType: 'network_link', name: 'lan' }, text: expect.stringContaining('2 fabrics') },
    ]);
  });

  const servers: readonly (readonly [string, FoundTopology, readonly string[]])[] = [
    [
      'the first rack near it becomes primary, the second secondary, a third nothing',
      served([rack('a', 5, '10.0.0.2'), rack('b', 5, '10.0.0.3'), rack('c', 5, '10.0.0.4')]),
      ['{"dhcp_on":true,"primary_rack":"a","secondary_rack":"b"}'],
    ],
    [
      'racks that serve it already stay in their places',
      served([rack('a', 5, '10.0.0.2'), rack('b', 5, '10.0.0.3')], {
        dhcp_on: true,
        primary_rack: 'b',
        secondary_rack: 'a',
      }),
      [],
    ],
    [
      'a secondary that is gone is cleared',
      served([rack('a', 5, '10.0.0.2')], { dhcp_on: true, primary_rack: 'a', secondary_rack: 'gone' }),
      ['{"secondary_rack":null}'],
    ],
    [
      'a relay is taken away before DHCP is turned on',
      served([rack('a', 5, '10.0.0.2')], { relay_vlan: { id: 9 } }),
      ['{"relay_vlan":null}'],
    ],
  ];
  test.each(servers)('DHCP: %s', (_name, found, fields) => {
    const plan = planTopology(found, { ...design, networks: [dhcp] });
    expect(plan.changes.map((change) => JSON.stringify(change.fields))).toEqual(fields);
  });

  test('DHCP that nobody can serve is a problem of its network', () => {
    expect(planTopology(withRange, { ...design, networks: [dhcp] }).problems).toMatchObject([
      { subject: { contextType: 'network', name: 'lan' }, text: expect.stringContaining('nobody can serve its DHCP') },
    ]);
  });

  test('a relay is set when DHCP is off, in a request of its own', () => {
    const relayed = { ...design, networks: [{ ...dhcp, dhcpRelayUpstreamTarget: '10.9.9.9' }] };
    const racks = [rack('a', 77, '10.9.9.9')];
    const first = planTopology(served(racks, { dhcp_on: true }), relayed);
    expect(first.changes.map(({ fields }) => fields)).toEqual([{ dhcp_on: false }]);
    const second = planTopology(served(racks), relayed);
    expect(second.changes.map(({ fields }) => fields)).toEqual([{ relay_vlan: 77 }]);
    expect(planTopology(served(racks, { relay_vlan: { id: 77 } }), relayed)).toEqual({ changes: [], problems: [] });
  });

  const routed = { ...lan, routes: [{ subnet: '10.7.0.0/24', gateway: '10.0.0.1', metric: null, routeDomain: null }] };
  const withFar = { ...built, subnets: [...built.subnets, subnet(8, '10.7.0.0/24', vlan(9, 0, { fabric_id: 2 }))] };
  const route = { id: 4, source: { id: 3 }, destination: { id: 8 }, gateway_ip: '10.0.0.1', metric: 100 };
  test.each<readonly [string, FoundTopology, readonly string[]]>([
    ['is made when there is none', withFar, ['POST static-routes/']],
    [
      'is changed in place when it differs',
      { ...withFar, routes: [{ ...route, metric: 5 }] },
      ['PUT static-routes/4/'],
    ],
    ['stays when it is equal', { ...withFar, routes: [route] }, []],
  ])('a route %s', (_name, found, requests) => {
    const plan = planTopology(found, { ...design, networks: [routed] });
    expect(plan.changes.map(({ method, path }) => `${method} ${path}`)).toEqual(requests);
    expect(plan.problems).toEqual([]);
  });

  test('a route to a network that MAAS does not have is a problem', () => {
    expect(planTopology(built, { ...design, networks: [routed] }).problems).toHaveLength(1);
  });
});
