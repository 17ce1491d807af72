import { describe, expect, test } from '@jest/globals';
import { compiledNode, compiledSite, network, networkLink } from '../../../testkit/src/compiled-design-builders.js';
import type { BootAction, CompiledDesign, CompiledNode, CompiledSite, OutOfBand } from './compiled-design.js';
import { diffDesigns, type ValueDiff } from './diff-designs.js';

const design = (nodes: readonly CompiledNode[], site: Partial<CompiledSite> = {}): CompiledDesign => ({
  format: 1,
  site: compiledSite(site),
  nodes,
});
const action = (name: string, given: Partial<BootAction> = {}): BootAction => ({
  name,
  isSignaling: true,
  assets: [],
  targetNodes: [],
  ...given,
});

/** What differs between a node and the same with other values, as `path: before → after`. */
function nodeDiff(before: Partial<CompiledNode>, after: Partial<CompiledNode>): readonly string[] {
  const { parts } = diffDesigns(design([compiledNode(before)]), design([compiledNode(after)]));
  return parts.flatMap(({ values }) => values.map(line));
}

function line({ path, before, after }: ValueDiff): string {
  return `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

function oob(given: Partial<OutOfBand>): OutOfBand {
  const { oob: plain } = compiledNode();
  if (!plain) throw new Error('the builder makes a node with a BMC');
  return { ...plain, ...given };
}

const bond = { name: 'bond0', networkLink: 'l', slaves: ['a', 'b'], networks: ['n'], sriov: null };
const pxe = { ...bond, name: 'pxe' };
const partition = {
  name: 'root',
  size: '20g',
  uuid: null,
  isBootable: false,
  volumeGroup: null,
  filesystem: null,
  labels: {},
};
const device = (partitions: readonly (typeof partition)[]) => ({
  storage: { devices: [{ name: 'sda', labels: {}, volumeGroup: null, partitions }], volumeGroups: [] },
});

describe('values of a node', () => {
  test.each<[name: string, before: Partial<CompiledNode>, after: Partial<CompiledNode>, lines: readonly string[]]>([
    ['nothing differs', { tags: ['a'], interfaces: [bond] }, { tags: ['a'], interfaces: [{ ...bond }] }, []],
    ['a plain value', { image: 'focal' }, { image: 'jammy' }, ['image: "focal" → "jammy"']],
    ['a value that comes', { rack: null }, { rack: 'r1' }, ['rack: null → "r1"']],
    ['a list of texts as a whole', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }, ['tags: ["a","b"] → ["b","a"]']],
    [
      'labels one by one',
      { ownerData: { a: '1', b: '2' } },
      { ownerData: { b: '3', 'x.test/c': '4' } },
      ['ownerData.a: "1" → null', 'ownerData.b: "2" → "3"', 'ownerData["x.test/c"]: null → "4"'],
    ],
    ['the order of labels means nothing', { ownerData: { a: '1', b: '2' } }, { ownerData: { b: '2', a: '1' } }, []],
    [
      'interfaces by name, wherever they stand',
      { interfaces: [bond] },
      { interfaces: [pxe, { ...bond, networks: ['n', 'm'] }] },
      ['interfaces.bond0.networks: ["n"] → ["n","m"]', `interfaces.pxe: null → ${JSON.stringify(pxe)}`],
    ],
    [
      'the order of interfaces',
      { interfaces: [bond, pxe] },
      { interfaces: [pxe, bond] },
      ['interfaces: ["bond0","pxe"] → ["pxe","bond0"]'],
    ],
    [
      'a name that is a number keeps its place',
      {
        kernelParameters: [
          ['b', 'x'],
          ['10', 'y'],
          ['9', 'z'],
        ],
      },
      {
        kernelParameters: [
          ['b', 'x'],
          ['9', 'z'],
          ['10', 'y'],
        ],
      },
      ['kernelParameters: ["b","10","9"] → ["b","9","10"]'],
    ],
    [
      'kernel parameters by key',
      {
        kernelParameters: [
          ['quiet', 'True'],
          ['x', '1'],
        ],
      },
      { kernelParameters: [['x', '2']] },
      ['kernelParameters.quiet: "True" → null', 'kernelParameters.x: "1" → "2"'],
    ],
    [
      'partitions of devices by name',
      device([partition]),
      device([{ ...partition, size: '30g' }]),
      ['storage.devices.sda.partitions.root.size: "20g" → "30g"'],
    ],
    [
      'items of one name by position',
      device([partition, partition]),
      device([partition, { ...partition, size: '30g' }]),
      ['storage.devices.sda.partitions[1].size: "20g" → "30g"'],
    ],
    [
      'addresses by network',
      { addressing: [{ network: 'a', type: 'dhcp', address: null }] },
      { addressing: [{ network: 'a', type: 'static', address: '10.0.0.1' }] },
      ['addressing.a.type: "dhcp" → "static"', 'addressing.a.address: null → "10.0.0.1"'],
    ],
  ])('%s', (_name, before, after, lines) => {
    expect(nodeDiff(before, after)).toEqual(lines);
  });
});

describe('secrets', () => {
  test.each<[name: string, before: OutOfBand | null, after: OutOfBand | null, lines: readonly string[]]>([
    [
      'a credential that changed is said to have',
      oob({ credential: 'hunter2' }),
      oob({ credential: 'hunter3' }),
      ['oob.credential: "[redacted]" → "[redacted]"'],
    ],
    [
      'one that comes',
      oob({ credential: null }),
      oob({ credential: 'hunter2' }),
      ['oob.credential: null → "[redacted]"'],
    ],
    [
      'a parameter that is named like one',
      oob({ parameters: { ipmi_password: 'hunter2', level: '1' } }),
      oob({ parameters: { ipmi_password: 'hunter3', level: '2' } }),
      ['oob.parameters.ipmi_password: "[redacted]" → "[redacted]"', 'oob.parameters.level: "1" → "2"'],
    ],
    [
      'user info of a URL',
      oob({ parameters: { libvirt_uri: 'qemu+ssh://me:hunter2@host/system' } }),
      oob({ parameters: { libvirt_uri: 'qemu+ssh://host2/system' } }),
      ['oob.parameters.libvirt_uri: "qemu+ssh://[redacted]@host/system" → "qemu+ssh://host2/system"'],
    ],
    [
      'a whole stanza that comes',
      null,
      oob({ credential: 'hunter2', parameters: { token: 'hunter3' } }),
      [`oob: null → ${JSON.stringify(oob({ credential: '[redacted]', parameters: { token: '[redacted]' } }))}`],
    ],
  ])('%s, and never shown', (_name, before, after, lines) => {
    const found = nodeDiff({ oob: before }, { oob: after });
    expect(found).toEqual(lines);
    expect(found.join()).not.toMatch(/hunter/);
  });
});

describe('parts of a site', () => {
  test('that come, go and change, by kind, in the order of the later design', () => {
    const before = design(
      [compiledNode({ name: 'n1' }), compiledNode({ name: 'gone' }), compiledNode({ name: 'n2' })],
      {
        networks: [network('a'), network('b')],
        networkLinks: [networkLink('l')],
        bootActions: [action('x')],
      },
    );
    const after = design(
      [compiledNode({ name: 'new' }), compiledNode({ name: 'n2', image: 'jammy' }), compiledNode({ name: 'n1' })],
      {
        networks: [network('b'), network('a', { mtu: 9000 })],
        racks: [{ name: 'r', torSwitches: {}, location: {}, localNetworks: [], labels: {} }],
        networkLinks: [],
        bootActions: [action('x', { isSignaling: false })],
      },
    );
    const { parts, bootActionOrder } = diffDesigns(before, after);
    expect(parts.map(({ kind, name, change, values }) => [kind, name, change, ...values.map(line)])).toEqual([
      ['Rack', 'r', 'added'],
      ['NetworkLink', 'l', 'removed'],
      ['Network', 'a', 'changed', 'mtu: null → 9000'],
      ['BootAction', 'x', 'changed', 'isSignaling: true → false'],
      ['BaremetalNode', 'new', 'added'],
      ['BaremetalNode', 'n2', 'changed', 'image: "focal" → "jammy"'],
      ['BaremetalNode', 'gone', 'removed'],
    ]);
    expect(bootActionOrder).toBeNull();
  });

  test('of one order mean the same in another, but for boot actions', () => {
    const site = { networks: [network('a'), network('b')], bootActions: [action('x'), action('y'), action('z')] };
    const other = { networks: site.networks.toReversed(), bootActions: [action('z'), action('new'), action('x')] };
    const { parts, bootActionOrder } = diffDesigns(design([], site), design([], other));
    expect(parts.map(({ name, change }) => [name, change])).toEqual([
      ['new', 'added'],
      ['y', 'removed'],
    ]);
    expect(bootActionOrder).toEqual({ before: ['x', 'z'], after: ['z', 'x'] });
  });

  test('a region of another name is another region, and what it says is compared', () => {
    const keys = (authorizedKeys: readonly string[], region: string | null = 'r1') =>
      design([], { region, authorizedKeys });
    const parts = (before: CompiledDesign, after: CompiledDesign) =>
      diffDesigns(before, after).parts.map(({ kind, name, change, values }) => [
        kind,
        name,
        change,
        ...values.map(line),
      ]);
    expect(parts(keys(['a']), keys(['b']))).toEqual([['Region', 'r1', 'changed', 'authorizedKeys: ["a"] → ["b"]']]);
    expect(parts(keys([]), keys([], 'r2'))).toEqual([
      ['Region', 'r2', 'added'],
      ['Region', 'r1', 'removed'],
    ]);
    expect(parts(keys([], null), keys([], null))).toEqual([]);
  });

  test('which nodes a boot action is for is said by the nodes', () => {
    const before = design([compiledNode({ bootActions: [] })], { bootActions: [action('x')] });
    const after = design([compiledNode({ bootActions: ['x'] })], {
      bootActions: [action('x', { targetNodes: ['n1'] })],
    });
    expect(diffDesigns(before, after).parts).toEqual([
      {
        kind: 'BaremetalNode',
        name: 'n1',
        change: 'changed',
        values: [{ path: 'bootActions', before: [], after: ['x'] }],
      },
    ]);
  });
});
