import { describe, expect, test } from '@jest/globals';
import { cutSecrets, renderKernelCommandLine, restoreSecrets, restoreSiteSecrets } from '@drydock/model';
import { hashDesign } from '../src/index.js';
import { compileText, designOf, linesOf, nodeOf, sample, sampleWith } from './compiled.js';

/** A node of two profiles; what is tested is the difference between them. */
function host(parent: string, child: string): string {
  const document = (kind: string, name: string, body: string): string =>
    `---\nschema: drydock/${kind}/v1\nmetadata: {name: ${name}}\ndata:\n${body}\n`;
  return [
    document('HardwareProfile', 'hardware', '  vendor: Example'),
    document('HostProfile', 'parent', `  hardware_profile: hardware\n${parent}`),
    document('BaremetalNode', 'n', `  host_profile: parent\n  addressing: [{network: net, address: dhcp}]\n${child}`),
  ].join('');
}

const merged = (parent: string, child: string): ReturnType<typeof nodeOf> =>
  nodeOf(compileText(host(parent, child)), 'n');

describe('inheritance', () => {
  test('of tags, owner data and kernel parameters', () => {
    const node = merged(
      '  metadata: {tags: [t1, t2], owner_data: {a: "1", b: "2"}}\n  platform: {kernel: ga, kernel_params: {quiet: true, x: 5, y: z}}',
      '  metadata: {tags: ["!t1", t3], owner_data: {"!a": "", b: "9", c: "3"}}\n  platform: {kernel: "!", kernel_params: {"!quiet": "", w: false, x: 6}}',
    );
    expect(node).toMatchObject({
      tags: ['t3', 't2'],
      ownerData: { b: '9', c: '3' },
      kernel: null,
      kernelParameters: [
        ['x', '6'],
        ['y', 'z'],
        ['w', 'False'],
      ],
    });
  });

  test('of an interface keeps what the child does not name, SR-IOV too', () => {
    const node = merged(
      '  interfaces: {b0: {device_link: l, slaves: [s1, s2], networks: [a, b], sriov: {vf_count: 4, trustedmode: true}}, gone: {}, kept: {}}',
      '  interfaces: {new: {}, b0: {slaves: [s3, "!s1"], networks: ["!b"], sriov: {vf_count: 8}}, "!gone": {}, "!never": {}}',
    );
    const plain = { networkLink: null, slaves: [], networks: [], sriov: null };
    expect(node.interfaces).toEqual([
      {
        name: 'b0',
        networkLink: 'l',
        slaves: ['s3', 's2'],
        networks: ['a'],
        sriov: { virtualFunctionCount: 8, isTrusted: true },
      },
      { ...plain, name: 'kept' },
      { ...plain, name: 'new' },
    ]);
  });

  test('a null interface removes the one that is inherited', () => {
    expect(
      merged('  interfaces: {a: {}, b: {}}', '  interfaces: {a: null, c: null}').interfaces.map(({ name }) => name),
    ).toEqual(['b']);
  });

  test.each([
    ['the first', 'sda', ['sda:new', 'sdb:old', 'sdc:old']],
    ['the last', 'sdc', ['sda:old', 'sdb:old', 'sdc:new']],
    ['a new one', 'sdd', ['sda:old', 'sdb:old', 'sdc:old', 'sdd:new']],
  ])('of devices keeps all others when the child names %s', (_name, device, devices) => {
    const parent =
      '  storage: {physical_devices: {sda: {labels: {x: old}}, sdb: {labels: {x: old}}, sdc: {labels: {x: old}}}}';
    const node = merged(parent, `  storage: {physical_devices: {${device}: {labels: {x: new}}}}`);
    expect(node.storage.devices.map(({ name, labels }) => `${name}:${labels['x']}`)).toEqual(devices);
  });

  test('of devices works where the parent has none', () => {
    expect(merged('  storage: {}', '  storage: {physical_devices: {sda: {volume_group: v}}}').storage.devices).toEqual([
      { name: 'sda', labels: {}, volumeGroup: 'v', partitions: [] },
    ]);
  });

  test('of partitions and logical volumes goes by name, and markers never stay', () => {
    const node = merged(
      '  storage:\n    physical_devices: {sda: {partitions: [{name: a, size: 1g, bootable: true}, {name: b, size: 2g}]}}\n' +
        '    volume_groups: {v: {vg_uuid: u, logical_volumes: [{name: x, size: 1g}, {name: y, size: 2g}]}}',
      '  storage:\n    physical_devices: {sda: {partitions: [{name: a, size: 5g}, {name: "!b"}, {name: "!c"}]}}\n' +
        '    volume_groups: {v: {logical_volumes: [{name: z, size: 3g}, {name: "!x"}]}}',
    );
    expect(node.storage).toMatchObject({
      devices: [{ name: 'sda', partitions: [{ name: 'a', size: '5g', isBootable: true }] }],
      volumeGroups: [{ name: 'v', uuid: 'u', logicalVolumes: [{ name: 'y' }, { name: 'z' }] }],
    });
    expect(node.storage.volumeGroups[0]?.logicalVolumes).toHaveLength(2);
  });

  test('markers without a parent are dropped', () => {
    const text = host('', '').replace(
      '  host_profile: parent\n',
      '  hardware_profile: hardware\n  metadata: {tags: ["!x", y]}\n',
    );
    expect(nodeOf(compileText(text), 'n').tags).toEqual(['y']);
  });

  test('of out-of-band parameters goes key by key', () => {
    const node = merged(
      '  oob: {type: ipmi, network: o, account: a, credential: c, note: x}',
      '  oob: {credential: d, "!note": "", libvirt_uri: u, port: 623}',
    );
    expect(node.oob).toEqual({
      type: 'ipmi',
      network: 'o',
      account: 'a',
      credential: 'd',
      address: null,
      port: 623,
      scheme: null,
      parameters: { libvirt_uri: 'u' },
    });
  });
});

describe('the sample site', () => {
  const design = designOf(compileText(sample('site-deckhand')));

  test('has its route domain written out', () => {
    const storage = design.site.networks.find(({ name }) => name === 'storage-1');
    expect(storage?.routes).toEqual([
      { subnet: null, gateway: '10.0.2.1', metric: 20, routeDomain: 'storage' },
      { subnet: '10.0.3.0/24', gateway: '10.0.2.1', metric: 20, routeDomain: null },
    ]);
  });

  test('has its kernel parameters resolved', () => {
    expect(design.nodes.map(({ kernelParameters }) => renderKernelCommandLine(kernelParameters))).toEqual([
      'quiet console=ttyS2',
      'hugepagesz=1G hugepages=300 quiet console=ttyS2 isolcpus=2,4',
    ]);
  });

  test('has keys on one line, rack labels, and targets of boot actions', () => {
    expect({
      keys: design.site.authorizedKeys,
      racks: design.nodes.map(({ rack, rackLabels }) => [rack, rackLabels['row']]),
      bootActions: design.nodes.map(({ bootActions }) => bootActions),
      domain: design.nodes[0]?.domain,
      unconfigured: design.site.networkLinks.filter(({ isUnconfigured }) => isUnconfigured).map(({ name }) => name),
    }).toEqual({
      keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 operator'],
      racks: [
        ['r1', 'a'],
        ['r2', undefined],
      ],
      bootActions: [['everywhere', 'row-a'], ['everywhere']],
      domain: 'mgmt.north.example.test',
      unconfigured: ['pxe'],
    });
  });

  test('is frozen all the way down', () => {
    expect(() => Object.assign(design.nodes[0]?.addressing[0] ?? {}, { address: 'x' })).toThrow(TypeError);
  });
});

describe('a reference that leads nowhere is an error at the document that holds it', () => {
  test.each([
    [
      'a host profile',
      'host_profile: defaults',
      'host_profile: other',
      ['error DD0004 compile.parent 139:3 HostProfile "worker": host profile "other" is not in the design'],
    ],
    [
      'a circle of host profiles',
      '  oob: { type: redfish',
      '  host_profile: worker\n  oob: { type: redfish',
      [
        expect.stringMatching(
          /^error DD0004 compile.parent .* HostProfile "defaults": host profile "worker" inherits from itself: worker → defaults → worker/,
        ),
      ],
    ],
    [
      'a hardware profile',
      'hardware_profile: two-sockets',
      'hardware_profile: other',
      [
        expect.stringMatching(/compile.hardware-profile .* BaremetalNode "n1": hardware profile "other" is not/),
        expect.stringMatching(/"n2": hardware profile/),
        ...['isolcpus', 'hugepagesz', 'hugepages'].map((key) =>
          expect.stringMatching(`kernel parameter ${key}: .* needs a hardware profile`),
        ),
      ],
    ],
    [
      'no hardware profile',
      '  hardware_profile: two-sockets\n',
      '',
      expect.arrayContaining([expect.stringMatching(/BaremetalNode "n1": it has no hardware profile/)]),
    ],
    [
      'a CPU set',
      'cpuset.guests',
      'cpuset.other',
      [
        expect.stringMatching(
          /^error DD0004 compile.kernel-parameters 182:7 .* kernel parameter isolcpus: "hardwareprofile:cpuset.other" points at nothing/,
        ),
      ],
    ],
    [
      'a reference without dots',
      'hugepages.large.size',
      'hugepages',
      [expect.stringMatching(/compile.kernel-parameters .* points at nothing/)],
    ],
    [
      'a reference named like an inherited property',
      'cpuset.guests',
      'constructor.x',
      [expect.stringMatching(/points at nothing/)],
    ],
  ])('%s', (_name, from, to, lines) => {
    const result = compileText(sampleWith(from, to));
    expect(linesOf(result.findings.filter(({ rule }) => rule.startsWith('compile.')))).toEqual(lines);
    expect(result).toMatchObject({ design: null, isValid: false });
  });

  test('a primary network that is not there is a warning', () => {
    const result = compileText(sampleWith('primary_network: mgmt', 'primary_network: other'));
    expect(result.isValid).toBe(true);
    expect(designOf(result).nodes[0]?.domain).toBe('local');
    expect(linesOf(result.findings)[0]).toMatch(
      /^warning DD0004 compile.primary-network .* the node's domain is "local"/,
    );
  });

  test('a long chain of profiles is no circle', () => {
    const links = Array.from(
      { length: 3000 },
      (_, depth) =>
        `---\nschema: drydock/HostProfile/v1\nmetadata: {name: p${depth}}\ndata: {host_profile: ${depth === 0 ? 'parent' : `p${depth - 1}`}}\n`,
    );
    const text = `${host('  metadata: {tags: [deep]}', '').replace('  host_profile: parent\n', '  host_profile: p2999\n')}${links.join('')}`;
    expect(nodeOf(compileText(text), 'n').tags).toEqual(['deep']);
  });
});

describe('secrets', () => {
  const text = sampleWith('scheme: http }', 'libvirt_uri: "qemu+ssh://me:pw@host/system", bmc_password: pw2 }');
  const design = designOf(compileText(text));
  const cut = cutSecrets(design);

  test('leave the design', () => {
    const printed = JSON.stringify(cut.design);
    expect(['hunter2', 'robot', 'token@', 'me:pw', 'pw2'].filter((secret) => printed.includes(secret))).toEqual([]);
    expect(cut.design.nodes[0]?.oob).toMatchObject({
      credential: null,
      parameters: { libvirt_uri: 'qemu+ssh://host/system', bmc_password: '' },
    });
    expect(cut.design.site.repositories.entries[0]?.url).toBe('https://packages.example.test/tools');
  });

  test('come back where they were', () => {
    expect(cut.design.nodes.map((node) => restoreSecrets(node, cut.secrets))).toEqual(design.nodes);
    expect(restoreSiteSecrets(cut.design.site, cut.secrets)).toEqual(design.site);
    expect(cut.secrets.filter(({ nodeName }) => nodeName === 'n1').map(({ path }) => path)).toEqual([
      '/oob/credential',
      '/oob/parameters/libvirt_uri',
      '/oob/parameters/bmc_password',
    ]);
  });
});

test('the hash does not depend on the order of keys, and does on every value', () => {
  expect(hashDesign({ a: 1, b: { c: 2, d: 3 } })).toBe(hashDesign({ b: { d: 3, c: 2 }, a: 1 }));
  expect(hashDesign({ a: [1, 2] })).not.toBe(hashDesign({ a: [2, 1] }));
});
