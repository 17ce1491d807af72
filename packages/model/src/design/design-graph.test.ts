import { describe, expect, test } from '@jest/globals';
import { compiledNode, compiledSite, network, networkLink } from '../../../testkit/src/compiled-design-builders.js';
import type { CompiledDesign, CompiledNode, CompiledSite } from './compiled-design.js';
import { designGraph } from './design-graph.js';
import { renderMermaid } from './render-mermaid.js';

const rack = { name: 'r1', torSwitches: {}, location: { clli: 'ABC', grid: 'A1' }, localNetworks: [], labels: {} };
const wired = (name: string, given: Partial<CompiledNode> = {}): CompiledNode =>
  compiledNode({
    name,
    rack: 'r1',
    interfaces: [
      { name: 'pxe', networkLink: 'l', slaves: [], networks: ['n'], sriov: null },
      { name: 'bond0', networkLink: 'l', slaves: [], networks: ['n'], sriov: null },
      { name: 'idle', networkLink: null, slaves: [], networks: [], sriov: null },
      { name: 'lost', networkLink: 'nowhere', slaves: [], networks: [], sriov: null },
    ],
    ...given,
  });

const site: Partial<CompiledSite> = {
  racks: [rack],
  networkLinks: [
    networkLink('l', {
      mtu: 9000,
      bonding: { ...networkLink('l').bonding, mode: '802.3ad' },
      nativeNetwork: 'n',
      allowedNetworks: ['n', 'm', 'nowhere'],
      isUnconfigured: true,
    }),
  ],
  networks: [
    network('n', { cidr: '10.0.0.0/24' }),
    network('m', { cidr: '10.0.1.0/24', vlanId: 101, routeDomain: 'all' }),
    network('oob', { cidr: '10.9.0.0/24' }),
  ],
};

const design = (nodes: readonly CompiledNode[], given = site): CompiledDesign => ({
  format: 1,
  site: compiledSite(given),
  nodes,
});

describe('the graph of a design', () => {
  test('has links, networks and nodes, what joins them, and racks around nodes', () => {
    expect(designGraph(design([wired('n1'), wired('n2', { rack: 'r2', oob: null })]))).toEqual({
      vertices: [
        { id: 'nodes0', kind: 'nodes', label: ['n1'] },
        { id: 'nodes1', kind: 'nodes', label: ['n2'] },
        { id: 'link0', kind: 'link', label: ['l', 'bond 802.3ad', 'MTU 9000', 'noconfig'] },
        { id: 'network0', kind: 'network', label: ['n', '10.0.0.0/24'] },
        { id: 'network1', kind: 'network', label: ['m', '10.0.1.0/24', 'VLAN 101', 'route domain all'] },
        { id: 'network2', kind: 'network', label: ['oob', '10.9.0.0/24'] },
      ],
      edges: [
        { from: 'nodes0', to: 'link0', label: 'pxe, bond0', kind: 'attached' },
        { from: 'nodes0', to: 'network2', label: 'redfish', kind: 'oob' },
        { from: 'nodes1', to: 'link0', label: 'pxe, bond0', kind: 'attached' },
        { from: 'link0', to: 'network0', label: 'untagged', kind: 'native' },
        { from: 'link0', to: 'network1', label: 'tagged', kind: 'tagged' },
      ],
      racks: [
        { id: 'rack0', label: ['rack r1', 'ABC A1'], vertices: ['nodes0'] },
        { id: 'rack1', label: ['rack r2'], vertices: ['nodes1'] },
      ],
    });
  });

  test('draws many nodes that stand in one rack and are wired alike as one', () => {
    const nodes = [
      ...Array.from({ length: 30 }, (_, index) => wired(`n${index}`)),
      wired('other', { interfaces: [] }),
      wired('elsewhere', { rack: null }),
    ];
    const { vertices, racks } = designGraph(design(nodes));
    expect(vertices.filter(({ kind }) => kind === 'nodes').map(({ label }) => label)).toEqual([
      ['n0 … n29', '30 nodes'],
      ['other'],
      ['elsewhere'],
    ]);
    expect(racks.map(({ vertices: inRack }) => inRack)).toEqual([['nodes0', 'nodes1']]);
    expect(designGraph(design(nodes), { mostNodes: 32 }).vertices).toHaveLength(32 + 4);
  });
});

describe('as Mermaid', () => {
  test('is a flowchart', () => {
    expect(renderMermaid(designGraph(design([wired('n1'), wired('n2', { rack: null, oob: null })])))).toBe(
      [
        'flowchart LR',
        '  subgraph rack0["rack r1<br/>ABC A1"]',
        '    nodes0["n1"]',
        '  end',
        '  nodes1["n2"]',
        '  link0{{"l<br/>bond 802.3ad<br/>MTU 9000<br/>noconfig"}}',
        '  network0(["n<br/>10.0.0.0/24"])',
        '  network1(["m<br/>10.0.1.0/24<br/>VLAN 101<br/>route domain all"])',
        '  network2(["oob<br/>10.9.0.0/24"])',
        '  nodes0 ---|"pxe, bond0"| link0',
        '  nodes0 -.-|"redfish"| network2',
        '  nodes1 ---|"pxe, bond0"| link0',
        '  link0 ===|"untagged"| network0',
        '  link0 ---|"tagged"| network1',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['quotes', 'a"b', 'a#34;b'],
    ['markup', '<script>&', '#60;script#62;#38;'],
    ['a directive', '%%{init}%%', '#37;#37;#123;init#125;#37;#37;'],
    ['a line break', 'a\nend', 'a#10;end'],
    ['a Markdown string', '`a`', '#96;a#96;'],
    ['letters of any language', 'Größe 九', 'Größe 九'],
  ])('a name with %s stays text', (_name, name, text) => {
    const drawn = renderMermaid(designGraph(design([], { networks: [network(name, { cidr: '10.0.0.0/24' })] })));
    expect(drawn).toBe(`flowchart LR\n  network0(["${text}<br/>10.0.0.0/24"])\n`);
  });

  test('shows no credential', () => {
    const { oob } = compiledNode();
    if (!oob) throw new Error('the builder makes a node with a BMC');
    const secret = { ...oob, account: 'hunter1', credential: 'hunter2', parameters: { password: 'hunter3' } };
    expect(renderMermaid(designGraph(design([wired('n1', { oob: secret })])))).not.toContain('hunter');
  });
});
