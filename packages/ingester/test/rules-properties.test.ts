import { expect, test } from '@jest/globals';
import type { CompiledDesign, CompiledNode, CompiledSite, Finding, Network, NetworkLink } from '@drydock/model';
import * as fc from 'fast-check';
import type { DesignIndex } from '../src/compile/design-index.js';
import { validateDesign } from '../src/validate/validate-design.js';
import { validationRules } from '../src/validate/validation-rules.js';

/** Names collide often, and some are those of things that every object inherits. */
const name = fc.constantFrom('a', 'b', 'c', 'root', 'boot', '__proto__', 'constructor', 'toString', '');
const text = fc.oneof(name, fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 4 }));
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('10.0.0.1', '10.0.0.01', '300.0.0.1', '::', 'fe80::1%eth0', '1.2.3', 'dhcp'),
  text,
);
const cidr = fc.oneof(
  fc.tuple(address, fc.integer({ min: -1, max: 130 })).map(([base, bits]) => `${base}/${bits}`),
  fc.constantFrom('10.0.0.0/24', '0.0.0.0/0', '::/0', '10.0.0.0/', '/', '10.0.0.0/24/24'),
  address,
);
const size = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', '>'),
      fc.bigInt({ min: -1n, max: 10n ** 14n }),
      fc.constantFrom('g', '%', 'GiB', 'Gb', 'x', ''),
    )
    .map((parts) => parts.join('')),
  text,
);
const number = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1500, Number.MAX_SAFE_INTEGER));
const flag = fc.boolean();
const few = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 4 });
const orNull = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(item);
const map = fc.dictionary(text, text, { maxKeys: 3 });
const node = (): fc.Arbitrary<CompiledNode> =>
  fc.record({
    name: text,
    domain: text,
    hostProfile: orNull(name),
    hardwareProfile: orNull(name),
    primaryNetwork: orNull(name),
    rack: orNull(name),
    rackLabels: map,
    bootMac: orNull(text),
    oob: orNull(
      fc.record({
        type: fc.constantFrom('ipmi', 'redfish', 'libvirt', 'manual', '__proto__'),
        network: orNull(name),
        account: orNull(text),
        credential: orNull(text),
        address: orNull(address),
        port: orNull(number),
        scheme: orNull(fc.constantFrom('http', 'https')),
        parameters: fc.dictionary(fc.constantFrom('libvirt_uri', '__proto__', 'x'), text),
      }),
    ),
    image: orNull(text),
    kernel: orNull(text),
    kernelParameters: few(fc.tuple(fc.constantFrom('hugepages', 'hugepagesz', 'quiet', '__proto__'), text)),
    tags: few(text),
    ownerData: map,
    interfaces: few(
      fc.record({
        name: text,
        networkLink: orNull(name),
        slaves: few(name),
        networks: few(name),
        sriov: fc.constant(null),
      }),
    ),
    storage: fc.record({
      devices: few(fc.record({ name, labels: map, volumeGroup: orNull(name), partitions: few(partition()) })),
      volumeGroups: few(
        fc.record({
          name,
          uuid: orNull(text),
          logicalVolumes: few(fc.record({ name, uuid: orNull(text), size: orNull(size), filesystem: filesystem() })),
        }),
      ),
    }),
    addressing: few(
      fc.oneof(
        fc.record({ network: name, type: fc.constant('static' as const), address: orNull(address) }),
        fc.record({ network: name, type: fc.constant('dhcp' as const), address: fc.constant(null) }),
      ),
    ),
    deviceAliases: fc.constant([]),
    bootActions: few(name),
  });

function filesystem() {
  return orNull(
    fc.record({ mountpoint: orNull(text), type: text, mountOptions: text, uuid: orNull(text), label: orNull(text) }),
  );
}

function partition() {
  return fc.record({
    name,
    size: orNull(size),
    uuid: orNull(text),
    isBootable: flag,
    volumeGroup: orNull(name),
    filesystem: filesystem(),
    labels: map,
  });
}

const network: fc.Arbitrary<Network> = fc.record({
  name,
  cidr,
  vlanId: number,
  mtu: orNull(number),
  routeDomain: orNull(name),
  ranges: few(
    fc.record({
      type: fc.oneof(fc.constantFrom('static', 'dhcp', 'reserved'), text),
      start: orNull(address),
      end: orNull(address),
    }),
  ),
  routes: few(
    fc.record({ subnet: orNull(cidr), gateway: orNull(address), metric: orNull(number), routeDomain: orNull(name) }),
  ),
  defaultGateway: orNull(address),
  dnsDomain: text,
  dnsServers: few(address),
  dhcpRelaySelfIp: orNull(address),
  dhcpRelayUpstreamTarget: orNull(address),
  isUnconfigured: flag,
  labels: map,
});

const networkLink: fc.Arbitrary<NetworkLink> = fc.record({
  name,
  bonding: fc.record({
    mode: fc.constantFrom('disabled', '802.3ad', 'balance-rr', 'active-backup'),
    hash: orNull(text),
    peerRate: orNull(text),
    monitorRateMilliseconds: orNull(number),
    upDelayMilliseconds: orNull(number),
    downDelayMilliseconds: orNull(number),
  }),
  mtu: number,
  linkSpeed: text,
  trunking: fc.constantFrom('disabled', '802.1q'),
  nativeNetwork: orNull(name),
  allowedNetworks: few(name),
  isUnconfigured: flag,
  labels: map,
});

const asset = fc.record({
  type: fc.constantFrom('unit', 'file', 'pkg_list'),
  path: orNull(name),
  location: orNull(text),
  locationPipeline: few(text),
  data: orNull(text),
  packages: orNull(fc.dictionary(text, orNull(text), { maxKeys: 3 })),
  dataPipeline: few(text),
  permissions: orNull(number),
});

const site: fc.Arbitrary<CompiledSite> = fc.record({
  region: orNull(name),
  tagDefinitions: fc.constant([]),
  authorizedKeys: few(text),
  repositories: fc.constant({ removeUnlisted: false, entries: [] }),
  racks: few(fc.record({ name, torSwitches: fc.constant({}), location: map, localNetworks: few(name), labels: map })),
  networkLinks: few(networkLink),
  networks: few(network),
  bootActions: few(fc.record({ name, isSignaling: flag, assets: few(asset), targetNodes: few(name) })),
});

const design: fc.Arbitrary<CompiledDesign> = fc.record({ format: fc.constant(1 as const), site, nodes: few(node()) });
const noDocuments: DesignIndex = {
  all: () => [],
  find: () => undefined,
  isUnread: () => false,
  hasUnread: () => false,
};

const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ level }) => level === 'error');

test('no rule ever crashes, whatever the design', () => {
  fc.assert(
    fc.property(design, (arbitrary) => {
      const findings = validateDesign(arbitrary, noDocuments);
      expect(findings.filter(({ rule }) => rule === 'internal')).toEqual([]);
      expect(new Set(findings.map(({ rule }) => rule)).size).toBe(validationRules.length);
    }),
    { numRuns: 1000 },
  );
});

test('strictness changes levels from warning to error and nothing else', () => {
  fc.assert(
    fc.property(design, (arbitrary) => {
      const withoutLevel = (findings: readonly Finding[]): unknown =>
        findings.filter(({ level }) => level !== 'info').map(({ rule, message }) => [rule, message]);
      const lenient = validateDesign(arbitrary, noDocuments);
      const strict = validateDesign(arbitrary, noDocuments, { strict: true });
      expect(withoutLevel(strict)).toEqual(withoutLevel(lenient));
      expect(errorsOf(strict)).toEqual(expect.arrayContaining([...errorsOf(lenient)]));
    }),
    { numRuns: 300 },
  );
});

test('a rule finds the same whatever ran before it', () => {
  fc.assert(
    fc.property(design, fc.constantFrom(...validationRules), (arbitrary, rule) => {
      const alone = validateDesign(arbitrary, noDocuments, { rules: [rule] });
      const among = validateDesign(arbitrary, noDocuments).filter((finding) => finding.rule === rule.id);
      expect(alone).toEqual(among);
    }),
    { numRuns: 300 },
  );
});
