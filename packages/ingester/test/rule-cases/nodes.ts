import { hostname } from '../../src/validate/rules/hostname.js';
import { hugePages } from '../../src/validate/rules/huge-pages.js';
import { interfaceSlaves } from '../../src/validate/rules/interface-slaves.js';
import { oobIpmi } from '../../src/validate/rules/oob-ipmi.js';
import { oobLibvirt } from '../../src/validate/rules/oob-libvirt.js';
import { oobNetwork } from '../../src/validate/rules/oob-network.js';
import { oobRedfish } from '../../src/validate/rules/oob-redfish.js';
import { primaryNetwork } from '../../src/validate/rules/primary-network.js';
import { rack as rackRule } from '../../src/validate/rules/rack.js';
import type { RuleCase, RuleCases } from './rule-case.js';
import { link, network, node, profile, rack } from './site-text.js';

const parameters = (...lines: readonly string[]): string =>
  node('n1', `platform:\n  kernel_params: # @params\n${lines.map((line) => `    ${line}`).join('\n')}`);

export const hugePagesCases: RuleCases = {
  rule: hugePages,
  code: 'DD1008',
  title: 'Hugepages',
  cases: [
    { name: 'accepts both', site: [parameters('hugepagesz: 1G', 'hugepages: 4')], says: [] },
    { name: 'accepts neither', site: [parameters('quiet: true'), node('n2')], says: [] },
    {
      name: 'finds a size without a number',
      site: [parameters('hugepagesz: 1G')],
      says: ['error @params [BaremetalNode n1] node n1 has the kernel parameter hugepagesz without hugepages'],
    },
    {
      name: 'finds a number without a size',
      site: [parameters('hugepages: 4')],
      says: ['error @params [BaremetalNode n1] node n1 has the kernel parameter hugepages without hugepagesz'],
    },
    {
      name: 'finds what a profile gives half of',
      site: [profile('p', 'platform: { kernel_params: { hugepages: 4 } }'), node('n1', 'host_profile: p')],
      says: ['error @data [BaremetalNode n1] node n1 has the kernel parameter hugepages without hugepagesz'],
    },
  ],
};

/** A node of this name in this domain; findings point at its body. */
const named = (name: string, domain = 'example.test'): readonly string[] => [
  network('a', `cidr: 10.0.0.0/24\ndns: { domain: ${domain} }`),
  node(name, 'primary_network: a'),
];
const part = (text: string, name: string, domain = 'example.test'): string =>
  `error @data [BaremetalNode ${name}] "${text}" in ${name}.${domain} is no valid part of a host name`;
const longDomain = `${'a.'.repeat(125)}test`;

export const hostnameCases: RuleCases = {
  rule: hostname,
  code: 'DD3003',
  title: 'Hostname Validity',
  cases: [
    ...['n1', 'N-1', '1', 'a.b', 'x'.repeat(63)].map((name) => ({
      name: `accepts ${name}`,
      site: named(`'${name}'`),
      says: [],
    })),
    { name: 'accepts a node without a primary network', site: [node('n1')], says: [] },
    { name: 'accepts 255 characters', site: named('x', `${'a.'.repeat(124)}testx`), says: [] },
    { name: 'finds an underscore', site: named('n_1'), says: [part('n_1', 'n_1')] },
    {
      name: 'finds a part of 64 characters',
      site: named('x'.repeat(64)),
      says: [part('x'.repeat(64), 'x'.repeat(64))],
    },
    {
      name: 'finds each bad part',
      site: named('n_1', 'b_c.d'),
      says: [part('n_1', 'n_1', 'b_c.d'), part('b_c', 'n_1', 'b_c.d')],
    },
    {
      name: 'finds the empty part of a domain that ends in a dot',
      site: named('n1', 'example.test.'),
      says: [part('', 'n1', 'example.test.')],
    },
    { name: 'finds letters beyond a to z', site: named('kölsch'), says: [part('kölsch', 'kölsch')] },
    {
      name: 'finds more than 255 characters',
      site: named('n1', longDomain),
      says: [`error @data [BaremetalNode n1] the name n1.${longDomain} is longer than 255 characters`],
    },
    ...['-n1', 'n1-'].map((name) => ({
      name: `doubts ${name}`,
      site: named(`'${name}'`),
      says: [`advice @data [BaremetalNode ${name}] "${name}" in ${name}.example.test begins or ends with a hyphen`],
    })),
  ],
};

const oobNode = (oob: string, ...addresses: readonly string[]): string =>
  node(
    'n1',
    `oob: { ${oob} } # @oob\naddressing: # @addressing\n${addresses.map((entry) => `  - { ${entry} }`).join('\n')}`,
  );
const onOob = 'network: oob, address: 127.16.0.11';
const oobSite = network('oob', 'cidr: 127.16.0.0/24');

/** The same for every driver that finds its BMC by address; only how sure we are differs. */
function accessCases(type: string, level: 'error' | 'advice'): readonly RuleCase[] {
  const missing = (key: string): string =>
    `${level} @oob [BaremetalNode n1] node n1 has oob type ${type} without oob.${key}`;
  const noAddress = `${level} @addressing [BaremetalNode n1] node n1 has no static address on its out-of-band network oob`;
  const complete = `type: ${type}, network: oob, account: a, credential: c`;
  return [
    { name: 'accepts a node that is complete', site: [oobSite, oobNode(complete, onOob)], says: [] },
    { name: 'accepts a node of another type', site: [oobNode('type: manual', onOob), node('n2')], says: [] },
    {
      name: 'finds no account',
      site: [oobSite, oobNode(complete.replace(', account: a', ''), onOob)],
      says: [missing('account')],
    },
    {
      name: 'finds an empty credential',
      site: [oobSite, oobNode(complete.replace('credential: c', "credential: ''"), onOob)],
      says: [missing('credential')],
    },
    {
      name: 'finds no network',
      site: [oobSite, oobNode(complete.replace('network: oob, ', ''), onOob)],
      says: [missing('network')],
    },
    {
      name: 'finds no address on the network',
      site: [oobSite, oobNode(complete, 'network: a, address: 10.0.0.1')],
      says: [noAddress],
    },
    {
      name: 'finds DHCP, which is no address to find a BMC by',
      site: [oobSite, oobNode(complete, 'network: oob, address: dhcp')],
      says: [noAddress],
    },
    {
      name: 'accepts what a profile completes',
      site: [oobSite, profile('p', `oob: { ${complete} }`), node('n1', `host_profile: p\naddressing: [{ ${onOob} }]`)],
      says: [],
    },
  ];
}

export const oobIpmiCases: RuleCases = {
  rule: oobIpmi,
  code: 'DD4001',
  title: 'Valid IPMI Configuration',
  cases: accessCases('ipmi', 'error'),
};

export const oobRedfishCases: RuleCases = {
  rule: oobRedfish,
  code: 'DD4003',
  title: 'Valid Redfish Configuration',
  cases: accessCases('redfish', 'advice'),
};

const virtual = (oob: string, metadata = '{ boot_mac: "52:54:00:00:00:01" }'): string =>
  node('n1', `oob: { ${oob} } # @oob\nmetadata: ${metadata} # @metadata`);

export const oobLibvirtCases: RuleCases = {
  rule: oobLibvirt,
  code: 'DD4002',
  title: 'Valid Libvirt Configuration',
  cases: [
    {
      name: 'accepts a URI and a MAC',
      site: [virtual('type: libvirt, libvirt_uri: "qemu+ssh://me@host/system"')],
      says: [],
    },
    { name: 'accepts a node of another type', site: [virtual('type: manual', '{}')], says: [] },
    {
      name: 'finds no URI',
      site: [virtual('type: libvirt')],
      says: ['error @oob [BaremetalNode n1] node n1 has oob type libvirt without oob.libvirt_uri'],
    },
    {
      name: 'finds another scheme',
      site: [virtual('type: libvirt, libvirt_uri: "qemu+tcp://host/system"')],
      says: ['error @oob [BaremetalNode n1] oob.libvirt_uri of node n1 is no qemu+ssh URI'],
    },
    {
      name: 'finds no MAC',
      site: [virtual('type: libvirt, libvirt_uri: "qemu+ssh://host/system"', '{}')],
      says: ['error @metadata [BaremetalNode n1] node n1 has oob type libvirt without a boot_mac'],
    },
  ],
};

export const oobNetworkCases: RuleCases = {
  rule: oobNetwork,
  code: 'DD4004',
  title: 'Out-of-band Network',
  cases: [
    {
      name: 'accepts a network of the design',
      site: [oobSite, oobNode('type: manual, network: oob', onOob)],
      says: [],
    },
    { name: 'accepts no network', site: [oobSite, oobNode('type: manual', onOob), node('n2')], says: [] },
    {
      name: 'doubts a network that is not there',
      site: [oobSite, oobNode('type: manual, network: bmc', onOob)],
      says: ['advice @oob [BaremetalNode n1] the out-of-band network bmc of node n1 is not in the design'],
    },
  ],
};

const mgmt = network('mgmt', 'cidr: 10.0.0.0/24');
const primary = (rest: string): string => node('n1', `primary_network: mgmt # @primary\n${rest}`);
const attached = 'interfaces: { e0: { networks: [mgmt] } }';
const addressed = 'addressing: [{ network: mgmt, address: 10.0.0.1 }]';

export const primaryNetworkCases: RuleCases = {
  rule: primaryNetwork,
  code: 'DD2012',
  title: 'Primary Network',
  cases: [
    { name: 'accepts one that the node is on', site: [mgmt, primary(`${attached}\n${addressed}`)], says: [] },
    { name: 'accepts none', site: [mgmt, node('n1', addressed)], says: [] },
    { name: 'leaves one that is not there to compiling', site: [primary(addressed)], says: [] },
    {
      name: 'doubts one that no interface is on',
      site: [mgmt, primary(addressed)],
      says: ['advice @primary [BaremetalNode n1] node n1 has no interface on its primary network mgmt'],
    },
    {
      name: 'doubts one without an address',
      site: [mgmt, primary(`${attached}\naddressing: [{ network: other, address: dhcp }]`)],
      says: ['advice @primary [BaremetalNode n1] node n1 has no address on its primary network mgmt'],
    },
  ],
};

const bonded = link('bond', 'bonding: { mode: 802.3ad }\nallowed_networks: []');
const single = link('single', 'allowed_networks: []');
const slaves = (linkName: string, names: string): string =>
  node('n1', `interfaces:\n  e0: { device_link: ${linkName}, slaves: [${names}] } # @e0`);
const says = (message: string): readonly string[] => [`advice @e0 [BaremetalNode n1] node n1: interface e0 ${message}`];

export const interfaceSlavesCases: RuleCases = {
  rule: interfaceSlaves,
  code: 'DD2013',
  title: 'Interface Slaves',
  cases: [
    { name: 'accepts a bond of two', site: [bonded, slaves('bond', 'a, b')], says: [] },
    { name: 'accepts one slave on a link that is no bond', site: [single, slaves('single', 'a')], says: [] },
    {
      name: 'doubts a bond of one',
      site: [bonded, slaves('bond', 'a')],
      says: says('has one slave, and the bond of its link bond (802.3ad) needs two'),
    },
    {
      name: 'doubts a bond of none',
      site: [bonded, slaves('bond', '')],
      says: says('has 0 slaves, and the bond of its link bond (802.3ad) needs two'),
    },
    ...['', 'a, b'].map((names, index) => ({
      name: `doubts ${index * 2} slaves on a link that is no bond`,
      site: [single, slaves('single', names)],
      says: says(`has ${index * 2} slaves, and its link single is no bond, so it needs exactly one`),
    })),
    {
      name: 'accepts anything on a link that somebody else configures',
      site: [link('single', 'labels: { noconfig: true }\nallowed_networks: []'), slaves('single', 'a, b')],
      says: [],
    },
    { name: 'accepts an interface without a link', site: [node('n1', 'interfaces: { e0: {} }')], says: [] },
    { name: 'leaves a link that is not there to another rule', site: [slaves('other', 'a, b')], says: [] },
  ],
};

const inRack = (name: string): string => node('n1', `metadata:\n  rack: ${name} # @rack`);

export const rackCases: RuleCases = {
  rule: rackRule,
  code: 'DD3004',
  title: 'Rack Existence',
  cases: [
    { name: 'accepts a rack of the design', site: [rack('r1'), inRack('r1')], says: [] },
    { name: 'accepts no rack', site: [rack('r1'), node('n1')], says: [] },
    { name: 'accepts any rack of a design without Rack documents', site: [inRack('r1')], says: [] },
    {
      name: 'doubts a rack that is not there',
      site: [rack('r1'), inRack('r2')],
      says: ['advice @rack [BaremetalNode n1] the rack r2 of node n1 is not in the design'],
    },
  ],
};
