import { describe, expect, test } from '@jest/globals';
import { hashDesign } from '../src/index.js';
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
    ['whose schema is a number', 'schema: 5\nmetadata: {name: x}\n'],
    ['whose keys stand twice', 'schema: pegleg/X/v1\nschema: pegleg/X/v1\n'],
  ])('a document %s is skipped in silence', (_name, text) => {
    expect(documentLines(text)).toEqual([]);
  });
});

describe('a bad document is one finding with its place, and the others load', () => {
  test.each([
    ['a syntax error', 'a: [\n', /^error DD000 document.syntax 6:5 the document is not valid YAML: /],
    ['nothing', '', /^warning DD000 document.empty 5:1 the document is empty/],
    ['a list', '- a\n', /^error DD000 document.shape 6:1 the document is a list, not a mapping/],
    ['a scalar', 'text\n', /^error DD000 document.shape 6:1 the document is a string, not a mapping/],
    [
      'an unknown kind',
      'schema: drydock/Server/v1\nmetadata: {name: x}\n',
      /^error DD000 document.kind 6:1 drydock\/Server\/v1 is no kind of document that Drydock knows$/,
    ],
    [
      'a misspelt kind',
      'metadata: {name: x}\nschema: drydock/BootActoin/v1\n',
      /^error DD000 document.kind 7:1 drydock\/BootActoin\/v1 is no kind .*; is BootAction meant\?$/,
    ],
    [
      'another version',
      'schema: drydock/Network/v2\nmetadata: {name: x}\n',
      /^error DD000 document.kind 6:1 drydock\/Network\/v2 is no kind .*; is drydock\/Network\/v1 meant\?$/,
    ],
    [
      'a schema of two parts, which the original passed over',
      'schema: drydock/Rack\nmetadata: {name: x}\n',
      /^warning DD000 document.kind 6:1 drydock\/Rack is no kind .*; is drydock\/Rack\/v1 meant\?$/,
    ],
    [
      'an unknown native kind',
      'apiVersion: drydock/v1\nkind: Server\n',
      /^error DD000 document.kind 7:1 drydock\/Server\/v1 is no kind/,
    ],
    [
      'no native kind',
      'apiVersion: drydock/v1\nmetadata: {name: x}\n',
      /^error DD000 document.kind 6:1 drydock\/\?\/v1 is no kind/,
    ],
    [
      'another native version',
      'apiVersion: drydock/v9\nkind: Rack\nmetadata: {name: x}\n',
      /^warning DD000 document.version 6:1 Rack "x" has version v9/,
    ],
    [
      'no name',
      'schema: drydock/Rack/v1\nmetadata: {}\ndata: {}\n',
      /^error DD000 document.required 7:1 Rack "Unknown": metadata.name is missing$/,
    ],
    [
      'no metadata',
      'schema: drydock/Rack/v1\ndata: {}\n',
      /^error DD000 document.required 6:1 Rack "Unknown": metadata.name is missing$/,
    ],
    [
      'an empty name',
      "schema: drydock/Rack/v1\nmetadata: {name: ''}\ndata: {}\n",
      /^error DD000 document.required 7:12 Rack "Unknown": metadata.name is missing$/,
    ],
    [
      'a name that is a list',
      'schema: drydock/Rack/v1\nmetadata: {name: [x]}\ndata: {}\n',
      /^error DD000 document.required 7:12 Rack "Unknown": metadata.name is a list$/,
    ],
    [
      'a name that is a number',
      'schema: drydock/Rack/v1\nmetadata: {name: 1.0}\ndata: {}\n',
      /^warning DD001 document.type 7:12 Rack "1.0": metadata.name must be a string, not a number; it is read as "1.0"$/,
    ],
    [
      'a name with a line break',
      'schema: drydock/Rack/v1\nmetadata: {name: "a\\nb"}\ndata: {}\n',
      /^warning DD001 document.format 7:12 Rack "a b": metadata.name begins or ends with a space, or has a control/,
    ],
    [
      'a name without end',
      `schema: drydock/Rack/v1\nmetadata: {name: ${'x'.repeat(300)}}\ndata: {}\n`,
      /^error DD000 document.limit 7:12 Rack "x{60}…": metadata.name has 300 characters; 255 is the limit$/,
    ],
    [
      'no data',
      'schema: drydock/Rack/v1\nmetadata: {name: x}\n',
      /^error DD001 document.type 6:1 Rack "x": data is missing$/,
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

  test('the two keys and the two documents of one name are both pointed at', () => {
    const twice = rack.replace('{name: r9}', '\n  name: r8\n  name: r9');
    expect(compileText(`${rack}${twice}`).findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          rule: 'document.duplicate-key',
          place: { source: 'site.yaml', line: 9, column: 3 },
          related: [{ source: 'site.yaml', line: 8, column: 3 }],
          documents: [{ schema: 'drydock/Rack/v1', name: 'r9' }],
        }),
        expect.objectContaining({
          rule: 'document.duplicate',
          place: { source: 'site.yaml', line: 6, column: 1 },
          documents: [{ schema: 'drydock/Rack/v1', name: 'r9' }],
        }),
      ]),
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
      /^error DD001 document.type 5:3 Network "x": data.vlan must be a string, not a num/,
    ],
    ['a list for a mapping', '  dns: []\n', /^error DD001 document.type 5:3 Network "x": data.dns must be a mapping/],
    [
      'a misspelt key',
      '  valn: x\n',
      /^error DD001 document.unknown-key 5:3 Network "x": data.valn is unknown here; is vlan meant\?$/,
    ],
    ['a key like no other', '  hops: x\n', /^error DD001 document.unknown-key 5:3 .* data.hops is unknown here$/],
    [
      'a key that is a number',
      '  8: x\n',
      /^error DD001 document.unknown-key 5:3 Network "x": data\[8\] is unknown here$/,
    ],
    [
      'an unknown key far down',
      '  ranges:\n    - type: dhcp\n      from: x\n',
      /^error DD001 document.unknown-key 7:7 Network "x": data.ranges\[0\].from is unknown/,
    ],
    ['no VLAN id', "  vlan: '5000'\n", /^error DD0005 compile.value 5:3 Network "x": "5000" is no VLAN id/],
  ])('%s is pointed at in a Deckhand document', (_name, fields, line) => {
    expect(documentLines(network(fields))).toEqual([expect.stringMatching(line)]);
  });

  test.each([
    [
      'a wrong scalar is read and remarked upon',
      '  vlan: 100\n',
      /^warning DD001 document.type 6:3 .*spec.vlan must be a string, not a number; it is read as "100"$/,
    ],
    [
      'an unknown key is remarked upon',
      '  valn: x\n',
      /^warning DD001 document.unknown-key 6:3 .*spec.valn is unknown/,
    ],
    ['null is absent and remarked upon', '  vlan:\n', /^warning DD001 document.type 6:3 .*spec.vlan must be a string/],
    ['a list for a mapping is an error', '  dns: []\n', /^error DD001 document.type 6:3 .*spec.dns must be a mapping/],
  ])('in a native document %s', (_name, fields, line) => {
    const native = network(fields)
      .replace('schema: drydock/Network/v1', 'apiVersion: drydock/v1\nkind: Network')
      .replace('\ndata:', '\nspec:');
    expect(documentLines(native)).toEqual([expect.stringMatching(line)]);
  });

  test.each([
    [
      'a required field is missing',
      'allowed_networks: [mgmt, storage-1, storage-2]',
      '',
      /^error DD000 document.required .* NetworkLink "data": data.allowed_networks is missing/,
    ],
    [
      'a bonding mode that does not exist',
      'mode: 802.3ad',
      'mode: balanced-rr',
      /^error DD000 document.choice .* must be one of disabled, 802.3ad, balance-rr, active-backup, not "balanced-rr"/,
    ],
    [
      'a node without addresses',
      '    - { network: oob, address: 127.16.0.12 }\n    - { network: mgmt, address: 10.0.1.12 }\n',
      '    []\n',
      /^error DD000 document.required .* BaremetalNode "n2": data.addressing must hold at least one address/,
    ],
    [
      'an alias without a bus',
      'bus_type: pci }',
      ' }',
      /^error DD000 document.required .* data.device_aliases.nic2.bus_type is missing/,
    ],
    [
      'an address that YAML takes for a number',
      "'0000:00:03.0'",
      '0000:00:03.0',
      /^warning DD001 document.type .* data.device_aliases.nic1.address must be a string, not a number; it is read as "3.0"/,
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
      /^error DD001 document.type .* data.assets\[0\].permissions must be a string/,
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
      /^error DD000 document.value .* data.assets\[1\].data\[65535\] is a key that is a number, not a string$/,
    ],
    [
      'a pipeline step that does not exist',
      '[utf8_decode, template]',
      '[rot13]',
      /^error DD001 document.choice .* must be one of base64_encode, template/,
    ],
    [
      'a filter without a type',
      'filter_set_type: intersection',
      'filter_set_type: null',
      /^error DD001 document.type .* data.node_filter.filter_set_type is missing/,
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
      /^warning DD001 document.required .* data.repositories.tools.url is missing/,
    ],
    [
      'a key of a repository that the original never checked',
      'components: [main]',
      'component: [main]',
      /^warning DD001 document.unknown-key .* data.repositories.tools.component is unknown here; is components meant\?$/,
    ],
  ])('%s', (_name, from, to, line) => {
    expect(documentLines(sampleWith(from, to))[0]).toMatch(line);
  });

  test('a document that cannot be read leaves no design', () => {
    const result = compileText(sampleWith('mode: 802.3ad', 'mode: other'));
    expect([result.design, result.isValid]).toEqual([null, false]);
  });
});
