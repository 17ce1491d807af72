import { describe, expect, test } from '@jest/globals';
import { cutSecrets, renderKernelCommandLine, restoreSecrets, restoreSiteSecrets } from '@drydock/model';
import { compileDesign } from '../src/index.js';
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

describe('a profile that is not there is an error at the document that names it, and leaves no design', () => {
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
        'error DD0004 compile.parent 114:3 HostProfile "defaults": it inherits from itself: defaults → worker → defaults',
      ],
    ],
    [
      'a hardware profile of many nodes',
      'hardware_profile: two-sockets',
      'hardware_profile: other',
      [
        'error DD0004 compile.hardware-profile 140:3 HostProfile "worker": hardware profile "other" is not in the design',
      ],
    ],
    [
      'no hardware profile',
      '  hardware_profile: two-sockets\n',
      '',
      [
        'error DD0004 compile.hardware-profile 152:1 BaremetalNode "n1": it has no hardware profile',
        'error DD0004 compile.hardware-profile 174:1 BaremetalNode "n2": it has no hardware profile',
      ],
    ],
  ])('%s', (_name, from, to, lines) => {
    const result = compileText(sampleWith(from, to));
    expect(linesOf(result.findings.filter(({ rule }) => rule.startsWith('compile.')))).toEqual(lines);
    expect(result).toMatchObject({ design: null, isValid: false });
  });
});

describe('a kernel parameter that points at nothing is an error, and keeps its text', () => {
  test.each([
    ['a CPU set', 'cpuset.guests', 'cpuset.other', 'isolcpus', '182:7'],
    ['huge pages of no such name', 'hugepages.large.size', 'hugepages.small.size', 'hugepagesz', '183:7'],
    ['neither size nor count', 'hugepages.large.count', 'hugepages.large.number', 'hugepages', '184:7'],
    ['no type', 'cpuset.guests', 'disks.guests', 'isolcpus', '182:7'],
    ['a type without dots', 'hugepages.large.size', 'hugepages', 'hugepagesz', '183:7'],
    ['a name without a field', 'hugepages.large.size', 'hugepages.large', 'hugepagesz', '183:7'],
    ['a name that JavaScript has a meaning for', 'cpuset.guests', 'constructor.x', 'isolcpus', '182:7'],
  ])('%s', (_name, from, to, key, place) => {
    const result = compileText(sampleWith(from, to));
    expect(linesOf(result.findings.filter(({ rule }) => rule.startsWith('compile.')))).toEqual([
      `error DD0004 compile.kernel-parameters ${place} BaremetalNode "n2": kernel parameter ${key}: "hardwareprofile:${to}" points at nothing in hardware profile "two-sockets"`,
    ]);
    expect(result.isValid).toBe(false);
    expect(nodeOf(result, 'n2').kernelParameters).toContainEqual([key, `hardwareprofile:${to}`]);
  });

  test('once for all nodes of a profile, at the profile', () => {
    const result = compileText(sampleWith('console: ttyS2', 'console: hardwareprofile:cpuset.none'));
    expect(linesOf(result.findings.filter(({ rule }) => rule.startsWith('compile.')))).toEqual([
      expect.stringMatching(/compile.kernel-parameters 132:35 HostProfile "defaults": kernel parameter console: /),
    ]);
  });
});

test('a hardware profile may have dots in its names', () => {
  const text = sampleWith('cpu_sets: { guests:', 'cpu_sets: { g.1:')
    .replace('large: { size', 'l.1: { size')
    .replace('cpuset.guests', 'cpuset.g.1')
    .replaceAll('hugepages.large.', 'hugepages.l.1.');
  expect(nodeOf(compileText(text), 'n2').kernelParameters.slice(2)).toEqual([
    ['isolcpus', '2,4'],
    ['hugepagesz', '1G'],
    ['hugepages', '300'],
  ]);
});

describe('profiles that no node inherits', () => {
  const unused = (body: string): string =>
    `${sample('site-deckhand').replace(/\.\.\.\s*$/, '')}---\nschema: drydock/HostProfile/v1\nmetadata: { name: unused }\ndata: { ${body} }\n`;

  test.each([
    ['with a parent that is not there', 'host_profile: other', 'host profile "other" is not in the design'],
    ['that inherit from themselves', 'host_profile: unused', 'it inherits from itself: unused → unused'],
  ])('%s are a warning, and an error for who is strict', (_name, body, message) => {
    const ofCompiling = (strict: boolean): readonly string[] =>
      linesOf(
        compileDesign(Buffer.from(unused(body)), 'site.yaml', { strict }).findings.filter(({ rule }) =>
          rule.startsWith('compile.'),
        ),
      ).map((line) => line.replace(/\d+:\d+/, 'place'));
    expect(ofCompiling(false)).toEqual([`warning DD0004 compile.parent place HostProfile "unused": ${message}`]);
    expect(ofCompiling(true)).toEqual([`error DD0004 compile.parent place HostProfile "unused": ${message}`]);
  });
});

describe('names that merging cannot tell apart', () => {
  const rest = '  hardware_profile: hardware\n';
  test.each([
    [
      'a partition that stands twice keeps both and is a warning',
      '  storage: {physical_devices: {sda: {partitions: [{name: a, size: 1g}, {name: a, size: 2g}]}}}',
      'device sda: partition "a" stands twice',
      [['a', 'a']],
    ],
    [
      'a partition that is both removed and given is a warning',
      '  storage: {physical_devices: {sda: {partitions: [{name: "!a"}, {name: a, size: 2g}]}}}',
      'device sda: partition "a" is both removed and given; an inherited one is removed and not given anew',
      [['a']],
    ],
  ])('%s', (_name, child, message, partitions) => {
    const result = compileText(host('', `${rest}${child}`));
    expect(linesOf(result.findings.filter(({ rule }) => rule === 'compile.value'))).toEqual([
      expect.stringMatching(`^warning DD0005 compile.value .* BaremetalNode "n": ${message}`),
    ]);
    expect(nodeOf(result, 'n').storage.devices.map((device) => device.partitions.map(({ name }) => name))).toEqual(
      partitions,
    );
  });
});

test('what leaves its volume group may have partitions or a filesystem, and nothing of that is ignored', () => {
  const result = compileText(
    host(
      '  storage: {physical_devices: {sda: {volume_group: v}, sdb: {partitions: [{name: a, volume_group: v}]}}}',
      '  storage: {physical_devices: {sda: {volume_group: "!", partitions: [{name: a, size: 1g}]}, sdb: {partitions: [{name: a, volume_group: "!", filesystem: {}}]}}}',
    ),
  );
  expect(result.findings.filter(({ rule }) => rule === 'document.ignored')).toEqual([]);
  expect(nodeOf(result, 'n').storage.devices).toMatchObject([
    { volumeGroup: null, partitions: [{ name: 'a', size: '1g' }] },
    { volumeGroup: null, partitions: [{ name: 'a', volumeGroup: null, filesystem: { type: 'ext4' } }] },
  ]);
});

test('a primary network that is not there is a warning, once for all nodes of a profile', () => {
  const result = compileText(sampleWith('primary_network: mgmt', 'primary_network: other'));
  expect(result.isValid).toBe(true);
  expect(designOf(result).nodes.map(({ domain }) => domain)).toEqual(['local', 'local']);
  expect(linesOf(result.findings.filter(({ rule }) => rule === 'compile.primary-network'))).toEqual([
    'warning DD0004 compile.primary-network 141:3 HostProfile "worker": primary network "other" is not in the design, so the domain of the node is "local"',
  ]);
});

test('a primary network that is not there is an error for who is strict', () => {
  const result = compileText(sampleWith('primary_network: mgmt', 'primary_network: other'), { strict: true });
  expect(result.isValid).toBe(false);
  expect(linesOf(result.findings)).toContainEqual(
    expect.stringMatching(/^error DD0004 compile.primary-network 141:3 .*primary network "other" is not in the design/),
  );
});

describe('inheritance that is deep', () => {
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
