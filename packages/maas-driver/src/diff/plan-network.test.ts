import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyNetworkChange, commissioned, nic } from '../../test/support/network-machine.js';
import type { FoundInterface, FoundNetwork, WantedLink, WantedPort } from './network-model.js';
import { planNetwork } from './plan-network.js';

const lacp = {
  mode: '802.3ad',
  hash: 'layer3+4',
  lacpRate: 'slow',
  monitorMilliseconds: 100,
  upDelayMilliseconds: 200,
  downDelayMilliseconds: 200,
};

function staticLink(subnetId: number, over: Partial<WantedLink> = {}): WantedLink {
  return {
    networkName: `net${subnetId}`,
    mode: 'static',
    subnetId,
    address: `10.0.${subnetId}.5`,
    isDefaultGateway: false,
    ...over,
  };
}

function port(name: string, over: Partial<WantedPort> = {}): WantedPort {
  return { name, bond: null, vlanId: 1, mtu: 1500, links: [], vlans: [], ...over };
}

const bondPort = port('bond0', {
  bond: { ...lacp, parents: ['eno1', 'eno2'] },
  mtu: 9000,
  vlans: [{ vlanId: 11, vid: 101, mtu: 1500, links: [staticLink(1, { isDefaultGateway: true })] }],
});

function apply(found: FoundNetwork, wanted: readonly WantedPort[]): FoundNetwork {
  return planNetwork(found, wanted).reduce(applyNetworkChange, found);
}

const kinds = (found: FoundNetwork, wanted: readonly WantedPort[]) =>
  planNetwork(found, wanted).map(({ kind }) => kind);

describe('planNetwork', () => {
  const cases: readonly (readonly [string, FoundNetwork, readonly WantedPort[], readonly string[]])[] = [
    ['a NIC that the design does not name is left alone', commissioned(['eno1']), [], []],
    [
      'a bond is built from NICs that are moved to its VLAN and MTU first',
      commissioned(['eno1', 'eno2'], 7),
      [bondPort],
      ['update_interface', 'update_interface', 'create_bond', 'create_vlan', 'link_subnet'],
    ],
    [
      'an AUTO link gives way to DHCP',
      {
        interfaces: [nic(1, 'eno1', { links: [{ id: 5, mode: 'auto', subnetId: 1, address: null }] })],
        gatewayLinkIds: [],
      },
      [port('eno1', { links: [staticLink(1, { mode: 'dhcp', address: null })] })],
      ['unlink_subnet', 'link_subnet'],
    ],
    [
      'a link that a move drops is not unlinked as well',
      {
        interfaces: [nic(1, 'eno1', { vlanId: 2, links: [{ id: 5, mode: 'auto', subnetId: 9, address: null }] })],
        gatewayLinkIds: [],
      },
      [port('eno1', { links: [staticLink(1)] })],
      ['update_interface', 'link_subnet'],
    ],
    [
      'a bond that the design does not have is restored away, alone',
      apply(commissioned(['eno1', 'eno2']), [bondPort]),
      [port('eno1')],
      ['restore_networking'],
    ],
    [
      'a bond of other NICs is restored away',
      apply(commissioned(['eno1', 'eno2', 'eno3']), [bondPort]),
      [{ ...bondPort, bond: { ...lacp, parents: ['eno1', 'eno3'] } }],
      ['restore_networking'],
    ],
    [
      'other parameters of a bond are set in place',
      apply(commissioned(['eno1', 'eno2']), [bondPort]),
      [{ ...bondPort, bond: { ...lacp, lacpRate: 'fast', parents: ['eno1', 'eno2'] } }],
      ['update_bond'],
    ],
    [
      'parameters that the design leaves open may be anything',
      apply(commissioned(['eno1', 'eno2']), [bondPort]),
      [{ ...bondPort, bond: { ...lacp, hash: null, monitorMilliseconds: null, parents: ['eno2', 'eno1'] } }],
      [],
    ],
    [
      'another address is a link removed and one made',
      apply(commissioned(['eno1']), [port('eno1', { links: [staticLink(1)] })]),
      [port('eno1', { links: [staticLink(1, { address: '10.0.1.6' })] })],
      ['unlink_subnet', 'link_subnet'],
    ],
    [
      'a link that should carry the default gateway and does not is made anew',
      apply(commissioned(['eno1']), [port('eno1', { links: [staticLink(1)] })]),
      [port('eno1', { links: [staticLink(1, { isDefaultGateway: true })] })],
      ['unlink_subnet', 'link_subnet'],
    ],
  ];
  test.each(cases)('%s', (_name, found, wanted, expected) => {
    expect(kinds(found, wanted)).toEqual(expected);
  });

  test('from any found state the changes lead to the wanted one, and are then none', () => {
    fc.assert(
      fc.property(anyFound, anyWanted, (found, wanted) => {
        let state = found;
        for (let round = 0; round < 3; round += 1) state = apply(state, wanted);
        expect(planNetwork(state, wanted)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('stopped after any change, a new plan goes on to the same end', () => {
    fc.assert(
      fc.property(anyFound, anyWanted, fc.nat(12), (found, wanted, stop) => {
        const state = planNetwork(found, wanted).slice(0, stop).reduce(applyNetworkChange, found);
        let end = state;
        for (let round = 0; round < 3; round += 1) end = apply(end, wanted);
        expect(planNetwork(end, wanted)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const nicNames = ['eno1', 'eno2', 'eno3', 'eno4'];

const anyWantedLink: fc.Arbitrary<WantedLink> = fc
  .record({
    subnetId: fc.integer({ min: 1, max: 3 }),
    mode: fc.constantFrom('static', 'dhcp', 'link_up'),
    host: fc.integer({ min: 2, max: 9 }),
  })
  .map(({ subnetId, mode, host }) =>
    staticLink(subnetId, { mode, address: mode === 'static' ? `10.0.${subnetId}.${host}` : null }),
  );

const anyVlans = fc
  .uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 3 }), link: anyWantedLink }), {
    selector: ({ number }) => number,
  })
  .map((vlans) =>
    vlans.map(({ number, link }) => ({ vlanId: 10 + number, vid: 100 + number, mtu: 1500, links: [link] })),
  );

/** Ports on different NICs: perhaps a bond of the first two, perhaps plain ones. */
const anyWanted: fc.Arbitrary<readonly WantedPort[]> = fc
  .record({
    isBonded: fc.boolean(),
    rate: fc.constantFrom('fast', 'slow'),
    mtu: fc.constantFrom(1500, 9000),
    vlanId: fc.integer({ min: 1, max: 2 }),
    links: fc.array(anyWantedLink, { maxLength: 1 }),
    vlans: anyVlans,
    hasThird: fc.boolean(),
  })
  .map(({ isBonded, rate, mtu, vlanId, links, vlans, hasThird }) => {
    const first = isBonded
      ? port('bond0', { bond: { ...lacp, lacpRate: rate, parents: ['eno1', 'eno2'] }, mtu, vlanId, links, vlans })
      : port('eno1', { mtu, vlanId, links, vlans });
    return hasThird ? [first, port('eno3', { links })] : [first];
  });

/** Anything that a person or a dead run left. */
const anyFound: fc.Arbitrary<FoundNetwork> = fc
  .record({
    nics: fc.array(
      fc.record({
        vlanId: fc.option(fc.integer({ min: 1, max: 2 })),
        mtu: fc.constantFrom(1500, 9000),
        subnetId: fc.option(fc.integer({ min: 1, max: 3 })),
      }),
      { minLength: 4, maxLength: 4 },
    ),
    bond: fc.option(
      fc.record({
        name: fc.constantFrom('bond0', 'bond7'),
        rate: fc.constantFrom('fast', 'slow'),
        vid: fc.option(fc.integer({ min: 1, max: 4 })),
        vlanId: fc.integer({ min: 1, max: 2 }),
      }),
    ),
  })
  .map(({ nics, bond }) => {
    const physical = nics.map(({ vlanId, mtu, subnetId }, index) =>
      nic(index + 1, nicNames[index] ?? '', {
        vlanId,
        mtu,
        links:
          subnetId === null || vlanId === null
            ? []
            : [{ id: 50 + index, mode: 'static', subnetId, address: `10.0.${subnetId}.5` }],
      }),
    );
    if (bond === null) return { interfaces: physical, gatewayLinkIds: [] };
    const built: FoundInterface[] = [
      nic(20, bond.name, {
        type: 'bond',
        vlanId: bond.vlanId,
        mtu: 9000,
        parents: ['eno1', 'eno2'],
        bond: { ...lacp, lacpRate: bond.rate },
      }),
    ];
    if (bond.vid !== null)
      built.push(
        nic(21, `${bond.name}.${100 + bond.vid}`, { type: 'vlan', vlanId: 10 + bond.vid, parents: [bond.name] }),
      );
    return { interfaces: [...physical, ...built], gatewayLinkIds: [] };
  });
