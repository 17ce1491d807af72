import { describe, expect, test } from '@jest/globals';
import { compileText, linesOf, sampleWith } from './compiled.js';

const said = (from: string, to: string): readonly string[] => linesOf(compileText(sampleWith(from, to)).findings);

describe('a document whose kind or name cannot be read is not missed by those that name it', () => {
  test.each([
    [
      'with a misspelt kind',
      'schema: drydock/Network/v1\nmetadata: { name: mgmt }',
      'schema: drydock/Netwrok/v1\nmetadata: { name: mgmt }',
      'kind',
    ],
    ['of an unknown kind', 'schema: drydock/Rack/v1', 'schema: drydock/Wardrobe/v1', 'kind'],
    ['with a damaged line for its name', 'metadata: { name: mgmt }', 'metadata: { name mgmt }', 'required'],
    ['with metadata that are no YAML', 'metadata: { name: mgmt }', 'metadata: { name: ] }', 'syntax'],
    [
      'with a name beside other metadata',
      'metadata: { name: mgmt }',
      'metadata: { schema: metadata/Document/v1, name: mgmt }\nx: ]',
      'syntax',
    ],
    [
      'with a schema that is no YAML',
      'schema: drydock/Network/v1\nmetadata: { name: mgmt }',
      'schema: [drydock/Network/v1\nmetadata: { name: mgmt }',
      'syntax',
    ],
    [
      'that is a list',
      'schema: drydock/HardwareProfile/v1\nmetadata: { name: two-sockets }\ndata:\n',
      '- schema: drydock/HardwareProfile/v1\n  metadata: { name: two-sockets }\n- data:\n',
      'shape',
    ],
  ])('%s', (_name, from, to, rule) => {
    const lines = said(from, to);
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(new RegExp(`^error DD00[01] document\\.${rule} `));
  });

  test('and another kind of the same name is missed all the same', () => {
    const text = sampleWith('metadata: { name: mgmt }', 'metadata: { name: ] }').replace(
      'hardware_profile: two-sockets',
      'hardware_profile: x',
    );
    expect(linesOf(compileText(text).findings)).toContainEqual(
      expect.stringContaining('hardware profile "x" is not in'),
    );
  });
});

/** What is said beside the mistake itself, without that of documents of which not all could be read. */
function certain(from: string, to: string): readonly string[] {
  const [first = '', ...others] = said(from, to);
  expect(first).toMatch(/^error DD00[01] document\./);
  return others.filter(
    (line) => !/^error DD00[01] document\.|^warning .* \(perhaps only because .* could be read\)$/.test(line),
  );
}

describe('a document of which not all could be read gives others no finding, and itself none that is certain', () => {
  test.each([
    ['networks of a link', 'allowed_networks: [mgmt, storage-1, storage-2]', 'allowed_networks: mgmt'],
    [
      'one network of a link',
      'allowed_networks: [mgmt, storage-1, storage-2]',
      'allowed_networks: [mgmt, storage-1, [storage-2]]',
    ],
    [
      'a misspelt key for them',
      'allowed_networks: [mgmt, storage-1, storage-2]',
      'alowed_networks: [mgmt, storage-1, storage-2]',
    ],
    ['trunking of a link', 'trunking: { mode: 802.1q, default_network: mgmt }', 'trunking: [802.1q, mgmt]'],
    [
      'its mode',
      'trunking: { mode: 802.1q, default_network: mgmt }',
      'trunking: { mode: vlan, default_network: mgmt }',
    ],
    ['bonding of a link', 'bonding: { mode: 802.3ad, peer_rate: slow, mon_rate: 150 }', 'bonding: 802.3ad'],
    ['the MTU of a link', 'mtu: 9000', 'mtu: [9000]\n  linkspeed: auto'],
    ['labels of a link', 'labels: { noconfig: true }\n  trunking', 'labels: noconfig\n  trunking'],
    ['CPU sets of a hardware profile', "cpu_sets: { guests: '2,4' }", "cpu_sets: ['2,4']"],
    ['huge pages', 'large: { size: 1G, count: 300 }', 'large: [1G, 300]'],
    ['ranges of a network', '- { type: dhcp, start: 10.0.0.10, end: 10.0.0.250 }', '- dhcp'],
    ['labels of a rack', 'labels: { row: a, powered: true }', 'labels: a'],
    ['a partition of a host profile', '{ name: root, size: 20g,', '{ name: root, size: [20g],'],
    ['metadata of a host profile', 'metadata: { tags: [worker, spare], rack: r1 }', 'metadata: [worker, spare]'],
  ])('%s', (_name, from, to) => {
    expect(certain(from, to)).toEqual([]);
  });

  test('a filter of a boot action', () => {
    const text =
      'schema: drydock/BaremetalNode/v1\nmetadata: { name: n }\ndata:\n  addressing: [{ network: x, address: dhcp }]\n---\n' +
      'schema: drydock/BootAction/v1\nmetadata: { name: b }\ndata: { assets: [], node_filter: all }\n';
    expect(linesOf(compileText(text).findings).join('\n')).not.toContain('no boot action is for');
  });

  test('what the profile of a node lost', () => {
    const lines = said('hardware_profile: two-sockets', 'hardware_profile: [two-sockets]');
    expect(lines.slice(1).join('\n')).not.toMatch(/^error/m);
  });

  test.each([
    ['networks', 'drydock/Network/v1', /the design has no networks/],
    ['nodes', 'drydock/BaremetalNode/v1', /the design has no nodes/],
  ])('the only ones of their kind: %s', (_name, schema, message) => {
    const document = (data: string): string => `schema: ${schema}\nmetadata: { name: a }\ndata: ${data}\n`;
    expect(linesOf(compileText(document('x')).findings).join('\n')).not.toMatch(message);
    expect(
      linesOf(compileText('schema: drydock/Rack/v1\nmetadata: { name: a }\ndata: {}\n').findings).join('\n'),
    ).toMatch(message);
  });
});

test('a value of another type, whose meaning is plain, leaves its document certain', () => {
  expect(
    said('trunking: { mode: disabled, default_network: oob }', 'trunking: { mode: disabled }\n  linkspeed: 1'),
  ).toContainEqual(expect.stringMatching(/^error DD2004 .*link oob has neither trunking nor a native network$/));
});

describe('a stray key below a field takes nothing from it', () => {
  const network = (data: string): string => `schema: drydock/Network/v1\nmetadata: { name: a }\ndata: ${data}\n---\n`;
  const link = (data: string): string => `schema: drydock/NetworkLink/v1\nmetadata: { name: l }\ndata: ${data}\n---\n`;
  const node = (data: string): string => `schema: drydock/BaremetalNode/v1\nmetadata: { name: n }\ndata: ${data}\n`;
  const addressing = 'addressing: [{ network: a, address: 10.0.0.5 }]';

  test.each([
    [
      'trunking',
      (key: string) =>
        link(`{ trunking: { mode: disabled, default_network: a, ${key}: 1 }, allowed_networks: [a, b] }`) +
        `${network('{ cidr: 10.0.0.0/24 }')}${network('{ cidr: 10.0.1.0/24 }').replace('name: a', 'name: b')}`,
      'default_netwrk',
      /^error DD2004 .*link l\b/m,
    ],
    [
      'bonding',
      (key: string) =>
        link(
          `{ bonding: { mode: disabled, ${key}: 1 }, trunking: { mode: disabled, default_network: a }, allowed_networks: [a] }`,
        ) +
        network('{ cidr: 10.0.0.0/24 }') +
        node(`{ interfaces: { e0: { device_link: l, slaves: [x, y], networks: [a] } }, ${addressing} }`),
      'mod',
      /^warning DD2013 .* e0 has 2 slaves, and its link l is no bond/m,
    ],
    [
      'ranges',
      (key: string) =>
        network(`{ cidr: 10.0.0.0/24, ranges: [{ type: dhcp, start: 10.0.0.1, end: 10.0.0.50, ${key}: x }] }`) +
        node(`{ ${addressing} }`),
      'strat',
      /^warning DD2009 .* 10\.0\.0\.5 is static and lies in a dhcp range of network a$/m,
    ],
    [
      'a filter of nodes',
      (key: string) =>
        'schema: drydock/BootAction/v1\nmetadata: { name: b }\n' +
        `data: { assets: [], node_filter: { filter_set_type: union, ${key}: x, filter_set: [{ filter_type: union, node_names: [zz] }] } }\n---\n` +
        node(`{ ${addressing} }`),
      'filter_st',
      /^warning .*no boot action is for node n$/m,
    ],
  ])('%s', (_name, design, misspelt, finding) => {
    expect(linesOf(compileText(design('comment')).findings).join('\n')).toMatch(finding);
    expect(linesOf(compileText(design(misspelt)).findings).join('\n')).not.toMatch(finding);
  });
});
