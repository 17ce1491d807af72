import { describe, expect, test } from '@jest/globals';
import { compileDocuments } from '../src/compile/compile-documents.js';
import { parseDesign } from '../src/parse/parse-design.js';
import { validateDesign } from '../src/validate/validate-design.js';
import { validationRules } from '../src/validate/validation-rules.js';
import { compileText, linesOf, sample, sampleWith } from './compiled.js';

/** What each change of the sample, which is clean, makes the rules say. */
const cases: readonly (readonly [name: string, from: string, to: string, lines: readonly RegExp[]])[] = [
  [
    'a small root',
    'size: 20g',
    'size: 19g',
    [/^error DD1001 storage.boot .* n1: partition root of 19g is smaller/, /n2: partition root/],
  ],
  [
    'a root in percent',
    'size: 20g',
    'size: 40%',
    [/storage.boot .* n1: the size of partition root is unusable/, /storage.boot .* n1 has no root/, /n2/, /n2/],
  ],
  ['a small boot', 'size: 1g', 'size: 500m', [/storage.boot .* n1: partition boot of 500m/, /n2/]],
  ['no root', 'name: root', 'name: system', [/storage.boot .* n1 has no root partition/, /n2/]],
  [
    'a CIDR with host bits',
    'cidr: 10.0.1.0/24',
    'cidr: 10.0.1.1/24',
    [/^error DD2006 network.cidr 72:3 .* 10.0.1.1\/24 of network mgmt has host bits/],
  ],
  ['a CIDR that is none', 'cidr: 10.0.0.0/24', 'cidr: 10.0.0', [/network.cidr .* "10.0.0" of network pxe is none/]],
  [
    'huge pages without a number',
    '      hugepages: hardwareprofile:hugepages.large.count\n',
    '',
    [/^error DD1008 platform.huge-pages .* n2 has the kernel parameter hugepagesz without hugepages/],
  ],
  [
    'a route without a gateway',
    'gateway: 10.0.1.1, ',
    '',
    [/^error DD2002 network.ip-locality .* network mgmt has a route to 0.0.0.0\/0 without a gateway/],
  ],
  [
    'a gateway elsewhere',
    'gateway: 10.0.1.1',
    'gateway: 10.0.9.1',
    [/network.ip-locality .* gateway 10.0.9.1 of network mgmt is not in 10.0.1.0\/24/],
  ],
  [
    'an address elsewhere',
    'address: 10.0.1.12',
    'address: 10.0.9.12',
    [/network.ip-locality 179:7 .* n2: address 10.0.9.12 is not in network mgmt/],
  ],
  [
    'an address that is none',
    'address: 10.0.1.12',
    'address: DHCP',
    [/network.ip-locality .* n2: "DHCP" on network mgmt is no IP address/],
  ],
  [
    'an address on an unknown network',
    '{ network: mgmt, address: 10.0.1.12 }',
    '{ network: other, address: 10.0.1.12 }',
    [/network.ip-locality .* network other, which is not in the design/],
  ],
  ['an MTU out of bounds', 'mtu: 9000', 'mtu: 90000', [/^error DD2003 network.mtu .* link data has 90000/]],
  [
    'an MTU larger than the link',
    '  mtu: 1500',
    '  mtu: 9001',
    [/network.mtu .* network mgmt has 9001, more than 9000 of its link data/],
  ],
  [
    'an MTU of a network that is not native',
    "  vlan: '102'",
    "  vlan: '102'\n  mtu: 9500",
    [/network.mtu .* network storage-1 has 9500/],
  ],
  [
    'two networks without trunking',
    'mode: 802.1q',
    'mode: disabled',
    [/^error DD2004 network.trunking .* link data allows 3 networks without trunking/],
  ],
  [
    'no trunking and no native network',
    'mode: disabled, default_network: oob',
    'mode: disabled',
    [/network.trunking .* link oob has neither/],
  ],
  [
    'a tagged native network',
    'cidr: 127.16.0.0/24',
    "cidr: 127.16.0.0/24\n  vlan: '7'",
    [/network.trunking 59:3 .* network oob is tagged \(VLAN 7\)/],
  ],
  [
    'a native network that is not there',
    'default_network: mgmt',
    'default_network: other',
    [/network.trunking .* native network other of link data/],
  ],
  [
    'an address twice',
    '127.16.0.12',
    '127.16.0.11',
    [/^error DD2005 network.duplicate-address .* 127.16.0.11 of node n2 is already that of node n1/],
  ],
  [
    'an up delay below the monitor rate',
    'mon_rate: 150',
    'mon_rate: 150, up_delay: 100',
    [/^error DD1006 network.bond .* up_delay 100 is less than mon_rate 150/],
  ],
  [
    'the same in active-backup',
    '{ mode: 802.3ad, peer_rate: slow, mon_rate: 150 }',
    '{ mode: active-backup, mon_rate: 300 }',
    [/network.bond .* up_delay 200/, /down_delay 200/],
  ],
  [
    'a device without use',
    'sdb: { volume_group: logs }',
    'sdb: {}',
    [
      /^error DD2002 storage.partitioning .* n1: device sdb has neither/,
      /n1: no device is given to volume group logs/,
      /n2: device sdb has neither/,
    ],
  ],
  [
    'a volume group that is not there',
    'sdb: { volume_group: logs }',
    'sdb: { volume_group: other }',
    [
      /n1: volume group other, which sdb is given to, is not defined/,
      /n1: no device is given to volume group logs/,
      /n2: volume group other/,
    ],
  ],
  [
    'more than there is',
    'size: 60%',
    'size: 70%',
    [/^error DD2003 storage.sizing .* n2: the sizes on volume group logs add up to 100 %/],
  ],
  [
    'a size that is none',
    'size: 60%',
    'size: 60',
    [
      /^warning DD001 document.advice 127:26 .* is read as a number/,
      /storage.sizing .* n2: the size of log on volume group logs: "60" is no size/,
    ],
  ],
  ['no size', ', size: 30%', '', [/n2: the size of spool on volume group logs: it has none/]],
  [
    'a mountpoint twice',
    'mountpoint: /var/spool',
    'mountpoint: /boot',
    [/^error DD2004 storage.mountpoint .* n2 mounts more than one filesystem at \/boot/],
  ],
  [
    'a network on two links',
    'allowed_networks: [oob]',
    'allowed_networks: [mgmt]',
    [/^error DD1007 network.allowed-networks .* network mgmt is allowed on link oob and on link data/],
  ],
  [
    'a network that its link does not allow',
    'networks: [pxe], labels',
    'networks: [oob], labels',
    [/network.allowed-networks .* n1: network oob of interface pxe is not allowed on link pxe/, /n2/],
  ],
  [
    'a link that is not there',
    'device_link: pxe',
    'device_link: other',
    [/network.allowed-networks .* n1: link other of interface pxe is not in the design/, /n2/],
  ],
  [
    'a host name that is none',
    'name: n2 }',
    'name: n_2 }',
    [/^error DD3003 platform.hostname .* "n_2" in n_2.mgmt.north.example.test/],
  ],
  [
    'a name that is too long',
    'domain: mgmt',
    `domain: ${'a.'.repeat(130)}mgmt`,
    [/platform.hostname .* longer than 255/, /longer than 255/],
  ],
  [
    'Redfish without a credential',
    ', credential: hunter2',
    '',
    [/^error DD4001 oob.redfish .* n1 has oob type redfish without oob.credential/, /n2/],
  ],
  [
    'Redfish without an address',
    '    - { network: oob, address: 127.16.0.12 }\n',
    '',
    [/oob.redfish .* n2 has no static address on its out-of-band network oob/],
  ],
  [
    'IPMI without an account',
    'type: redfish, network: oob, account: admin',
    'type: ipmi, network: oob',
    [/^error DD4001 oob.ipmi .* n1 has oob type ipmi without oob.account/, /n2/],
  ],
  [
    'libvirt without a URI and a MAC',
    'type: redfish',
    'type: libvirt',
    [
      /^error DD4002 oob.libvirt .* n1 has oob type libvirt without oob.libvirt_uri/,
      /n1 has oob type libvirt without a boot_mac/,
      /n2 has oob type libvirt without oob.libvirt_uri/,
    ],
  ],
  [
    'libvirt with another scheme',
    'type: redfish',
    'type: libvirt, libvirt_uri: "http://x"',
    [/oob.libvirt .* n1 is no qemu\+ssh URI/, /n1/, /n2/],
  ],
  [
    'a node without a boot action',
    'name: everywhere }\ndata:',
    'name: everywhere }\ndata:\n  node_filter: { filter_set_type: union }',
    [/^warning DD4001 boot-action.targets .* no boot action is for node n2/],
  ],
  [
    'a package version without a revision',
    '3.2.1-1',
    '3.2.1',
    [/^error DD4002 boot-action.package-list .* "3.2.1" is no version of package 2ping/],
  ],
  [
    'no packages',
    'data: { 2ping: 3.2.1-1, chrony: null }',
    'data: {}',
    [/boot-action.package-list .* package list without packages/],
  ],
  [
    'a range that is none',
    'end: 10.0.0.250',
    'end: 250',
    [/^error DD001 /, /^error DD2006 network.addresses .* the end of a dhcp range is "250"/],
  ],
  [
    'a route to no subnet',
    'subnet: 0.0.0.0/0',
    'subnet: default',
    [/network.addresses .* a route has the subnet "default"/],
  ],
  [
    'a relay target that is none',
    'upstream_target: 10.0.5.5',
    'upstream_target: maas',
    [/network.addresses .* dhcp_relay.upstream_target is "maas"/],
  ],
];

describe('a rule finds', () => {
  test.each(cases)('%s', (_name, from, to, lines) => {
    const found = linesOf(compileText(sampleWith(from, to)).findings);
    expect(found).toEqual(lines.map((line) => expect.stringMatching(line)));
  });

  test('every rule is tripped by a case above, and none by the sample', () => {
    const tripped = new Set(
      cases.flatMap(([, from, to]) =>
        compileText(sampleWith(from, to))
          .findings.filter(({ level }) => level !== 'info')
          .map(({ rule }) => rule),
      ),
    );
    expect(validationRules.map(({ id }) => id).filter((id) => !tripped.has(id))).toEqual([]);
    expect(linesOf(compileText(sample('site-deckhand')).findings)).toEqual([]);
  });
});

describe('the engine', () => {
  test('says of every rule without an error that it passed, in the order of the table', () => {
    const { findings } = compileText(sample('site-deckhand'));
    expect(findings.map(({ level, rule }) => `${level} ${rule}`)).toEqual(
      validationRules.map(({ id }) => `info ${id}`),
    );
    expect(findings[0]).toMatchObject({ code: 'DD1001', documents: [], diagnostic: '', place: null });
  });

  test('has rules with unique ids', () => {
    expect(new Set(validationRules.map(({ id }) => id)).size).toBe(validationRules.length);
  });

  test('shows a crash of a rule as a finding of its own and runs the others', () => {
    const { design, index } = compileDocuments(parseDesign(Buffer.from(sample('site-deckhand')), 'x').documents);
    const [first, second] = validationRules;
    if (first === undefined || second === undefined) throw new Error('no rules');
    const crashing = {
      ...first,
      check: () => {
        throw new TypeError('oops');
      },
    };
    expect(validateDesign(design, index, [crashing, second])).toEqual([
      expect.objectContaining({
        rule: 'internal',
        level: 'error',
        message: 'Rational Boot Storage: the rule storage.boot failed: oops',
      }),
      expect.objectContaining({ rule: second.id, level: 'info' }),
    ]);
  });

  test('points at the documents that a finding is about', () => {
    const { findings } = compileText(sampleWith('127.16.0.12', '127.16.0.11'));
    expect(findings.find(({ level }) => level === 'error')).toMatchObject({
      documents: [
        { schema: 'drydock/BaremetalNode/v1', name: 'n2' },
        { schema: 'drydock/BaremetalNode/v1', name: 'n1' },
      ],
      place: { source: 'site.yaml', line: 178, column: 7 },
    });
  });
});
