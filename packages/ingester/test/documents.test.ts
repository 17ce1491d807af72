import { describe, expect, test } from '@jest/globals';
import { compileDesign, hashDesign } from '../src/index.js';
import { compileText, designOf, linesOf, sample, sampleWith } from './compiled.js';

const rack = '---\nschema: drydock/Rack/v1\nmetadata: {name: r9}\ndata: {}\n';

/** Findings about documents alone; a part of a site has no nodes, which rules remark upon. */
function documentLines(text: string): readonly string[] {
  return linesOf(compileText(text).findings.filter(({ rule }) => /^(document|compile)\./.test(rule)));
}

describe('the two formats', () => {
  test('give the same design, without findings', () => {
    const deckhand = compileText(sample('site-deckhand'));
    const native = compileText(sample('site-native'));
    expect(linesOf([...deckhand.findings, ...native.findings])).toEqual([]);
    expect(native.design).toEqual(deckhand.design);
    expect(hashDesign(designOf(native))).toBe(hashDesign(designOf(deckhand)));
  });

  test('can be mixed in one file', () => {
    const result = compileText(`${rack}---\napiVersion: drydock/v1\nkind: Rack\nmetadata: {name: r8}\nspec: {}\n`);
    expect(designOf(result).site.racks.map(({ name }) => name)).toEqual(['r9', 'r8']);
  });

  test.each([
    ['without a schema', 'kind: Rack\nmetadata: {name: x}\n'],
    ['of another namespace', 'schema: deckhand/Certificate/v1\nmetadata: {name: x}\ndata: [secret]\n'],
    ['of another API', "apiVersion: 'v1.0'\nkind: Region\nmetadata: {name: x}\n"],
    ['for promenade', 'apiVersion: promenade/v1\nkind: Docker\nmetadata: {name: x}\nspec: {}\n'],
    ['whose schema has two parts', 'schema: drydock/Rack\nmetadata: {name: x}\n'],
    ['whose keys stand twice', 'schema: pegleg/X/v1\nschema: pegleg/X/v1\n'],
  ])('a document %s is skipped in silence', (_name, text) => {
    expect(documentLines(text)).toEqual([]);
  });
});

describe('a bad document is one finding with its place, and the others load', () => {
  test.each([
    ['a syntax error', 'a: [\n', /^error DD000 document.syntax 7:1 the document is not valid YAML: /],
    ['nothing', '', /^warning DD000 document.empty 5:1 the document is empty/],
    ['a list', '- a\n', /^error DD000 document.shape 6:1 the document is a list, not a mapping/],
    ['a scalar', 'text\n', /^error DD000 document.shape 6:1 the document is a string, not a mapping/],
    [
      'an unknown kind',
      'schema: drydock/Server/v1\nmetadata: {name: x}\n',
      /^error DD000 document.kind 6:1 drydock\/Server\/v1 is no kind/,
    ],
    [
      'another version',
      'schema: drydock/Network/v2\nmetadata: {name: x}\n',
      /^error DD000 document.kind 6:1 drydock\/Network\/v2 is no kind/,
    ],
    [
      'an unknown native kind',
      'apiVersion: drydock/v1\nkind: Server\n',
      /^error DD000 document.kind 6:1 drydock\/Server\/v1 is no kind/,
    ],
    [
      'another native version',
      'apiVersion: drydock/v9\nkind: Rack\nmetadata: {name: x}\n',
      /^warning DD000 document.version 6:1 Rack "x" has version v9/,
    ],
    [
      'no name',
      'schema: drydock/Rack/v1\nmetadata: {}\ndata: {}\n',
      /^error DD000 document.name 6:1 a document of kind Rack has no name/,
    ],
    [
      'no data',
      'schema: drydock/Rack/v1\nmetadata: {name: x}\n',
      /^error DD001 document.schema 6:1 Rack "x": data is missing/,
    ],
    [
      'a key twice',
      'schema: drydock/Rack/v1\nmetadata: {name: x}\ndata:\n  labels: {a: b}\n  labels: {}\n',
      /^warning DD0002 document.duplicate-key 10:3 key "labels" stands twice, in lines 9 and 10/,
    ],
    [
      'a name that is taken',
      rack.slice(4),
      /^error DD0003 document.duplicate 6:1 there are two documents of kind Rack named "r9", in lines 2 and 6/,
    ],
  ])('%s', (_name, text, line) => {
    const result = compileText(`${rack}---\n${text}${rack.replace('r9', 'r10')}`);
    const lines = linesOf(result.findings.filter(({ rule }) => rule.startsWith('document.')));
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(documentLines(rack)).toEqual([]);
  });

  test('text that is not UTF-8', () => {
    expect(linesOf(compileDesign(Uint8Array.of(0xff, 0xfe, 0x61), 'site.yaml').findings)[0]).toMatch(
      /^error DD000 document.encoding 1:1/,
    );
  });
});

describe('a field that does not fit its kind', () => {
  const network = (fields: string): string =>
    `schema: drydock/Network/v1\nmetadata: {name: x}\ndata:\n  cidr: 10.0.0.0/24\n${fields}`;

  test.each([
    [
      'a wrong scalar',
      '  vlan: 100\n',
      ['error DD001 document.schema 5:3 Network "x": data.vlan must be a string, not a number; quote it'],
    ],
    [
      'a boolean',
      '  routedomain: yes\n',
      ['error DD001 document.schema 5:3 Network "x": data.routedomain must be a string, not a boolean; quote it'],
    ],
    [
      'a string for a number',
      "  mtu: '1500'\n",
      ['error DD001 document.schema 5:3 Network "x": data.mtu must be a number, not a string; write it without quotes'],
    ],
    ['null', '  vlan:\n', ['error DD001 document.schema 5:3 Network "x": data.vlan must be a string, not null']],
    [
      'a list for a mapping',
      '  dns: []\n',
      ['error DD001 document.schema 5:3 Network "x": data.dns must be a mapping, not a list'],
    ],
    [
      'a mapping for a list',
      '  ranges: {}\n',
      ['error DD001 document.schema 5:3 Network "x": data.ranges must be a list, not a mapping'],
    ],
    [
      'an unknown key',
      '  valn: x\n',
      [
        expect.stringMatching(
          /^error DD001 document.schema 5:3 Network "x": data.valn is unknown here; known are cidr, vlan/,
        ),
      ],
    ],
    [
      'an unknown key far down',
      '  ranges:\n    - type: dhcp\n      from: x\n',
      [expect.stringMatching(/^error DD001 document.schema 7:7 Network "x": data.ranges\[0\].from is unknown/)],
    ],
    ['no VLAN id', "  vlan: '5000'\n", ['error DD0005 compile.value 5:3 Network "x": "5000" is no VLAN id']],
  ])('%s in a Deckhand document', (_name, fields, lines) => {
    expect(documentLines(network(fields))).toEqual(lines);
  });

  test.each([
    [
      'a wrong scalar is read and remarked upon',
      '  vlan: 100\n',
      [expect.stringMatching(/^warning DD001 document.advice 6:3 .*spec.vlan must be a string/)],
    ],
    [
      'an unknown key is remarked upon',
      '  valn: x\n',
      [expect.stringMatching(/^warning DD001 document.advice 6:3 .*spec.valn is unknown/)],
    ],
    ['null is absent', '  vlan:\n', []],
    [
      'a list for a mapping is an error',
      '  dns: []\n',
      [expect.stringMatching(/^error DD001 document.schema 6:3 .*spec.dns must be a mapping/)],
    ],
  ])('in a native document: %s', (_name, fields, lines) => {
    const native = network(fields)
      .replace('schema: drydock/Network/v1', 'apiVersion: drydock/v1\nkind: Network')
      .replace('\ndata:', '\nspec:');
    expect(documentLines(native)).toEqual(lines);
  });

  test.each([
    [
      'a required field is missing',
      'allowed_networks: [mgmt, storage-1, storage-2]',
      '',
      /^error DD000 document.value .* NetworkLink "data": data.allowed_networks is missing/,
    ],
    [
      'a bonding mode that does not exist',
      'mode: 802.3ad',
      'mode: balanced-rr',
      /^error DD000 document.value .* must be one of disabled, 802.3ad, balance-rr, active-backup, not "balanced-rr"/,
    ],
    [
      'a node without addresses',
      '    - { network: oob, address: 127.16.0.12 }\n    - { network: mgmt, address: 10.0.1.12 }\n',
      '    []\n',
      /^error DD000 document.value .* BaremetalNode "n2": data.addressing must hold at least one address/,
    ],
    [
      'an alias without a bus',
      'bus_type: pci }',
      ' }',
      /^error DD000 document.value .* data.device_aliases.nic2.bus_type is missing/,
    ],
    [
      'an address that YAML takes for a number',
      "'0000:00:03.0'",
      '0000:00:03.0',
      /^warning DD001 document.advice .* data.device_aliases.nic1.address is read as a number and kept as "3"; quote it/,
    ],
    [
      'a negative number of huge pages',
      'count: 300',
      'count: -1',
      /^error DD000 document.value .* data.hugepages.large.count must not be negative/,
    ],
    [
      'permissions that are a number',
      "permissions: '755'",
      'permissions: 755',
      /^error DD001 document.schema .* data.assets\[0\].permissions must be a string/,
    ],
    [
      'permissions that are not octal',
      "permissions: '755'",
      "permissions: '888'",
      /^error DD000 document.value .* must be octal permission bits/,
    ],
    [
      'a package whose name YAML takes for a number',
      '2ping: 3.2.1-1',
      '0xffff: null',
      /^error DD000 document.value .* has a key that is a number, not a string: 65535; quote it/,
    ],
    [
      'a pipeline step that does not exist',
      '[utf8_decode, template]',
      '[rot13]',
      /^error DD001 document.schema .* must be one of base64_encode, template/,
    ],
    [
      'a filter without a type',
      'filter_set_type: intersection',
      'filter_set_type: null',
      /^error DD000 document.value .* data.node_filter.filter_set_type is missing/,
    ],
    [
      'a null kernel parameter',
      'console: ttyS2',
      'console: null',
      /^error DD000 document.value .* data.platform.kernel_params.console must be a scalar value, not null/,
    ],
    [
      'a repository without a URL',
      'url: https://robot:token@packages.example.test/tools',
      'gpgkey: x',
      /^error DD000 document.value .* data.repositories.tools.url is missing/,
    ],
    [
      'a key of a repository that the original never checked',
      'components: [main]',
      'component: [main]',
      /^warning DD001 document.advice .* data.repositories.tools.component is unknown/,
    ],
  ])('%s', (_name, from, to, line) => {
    expect(documentLines(sampleWith(from, to))[0]).toMatch(line);
  });

  test('a document that cannot be read leaves no design', () => {
    const result = compileText(sampleWith('mode: 802.3ad', 'mode: other'));
    expect([result.design, result.isValid]).toEqual([null, false]);
  });
});
