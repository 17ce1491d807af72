import type { BootAction, BootActionAsset } from '@drydock/model';

/** Boot actions of a site of three nodes, n1 and n2 with the tag `t`, n2 in rack r1 whose row is `a`, n3 with role `gw`. */
export interface BootActionCase {
  readonly name: string;
  readonly body: object;
  readonly expected: Partial<BootAction>;
}

const asset: BootActionAsset = {
  type: 'file',
  path: '/x',
  location: null,
  locationPipeline: [],
  data: null,
  packages: null,
  dataPipeline: [],
  permissions: null,
};

const assetCase = (name: string, written: object, expected: Partial<BootActionAsset>): BootActionCase => ({
  name,
  body: { assets: [written] },
  expected: { assets: [{ ...asset, ...expected }] },
});

const targets = (
  name: string,
  setType: string,
  filters: readonly object[],
  targetNodes: readonly string[],
): BootActionCase => ({
  name,
  body: { assets: [], node_filter: { filter_set_type: setType, filter_set: filters } },
  expected: { targetNodes },
});

const any = { filter_type: 'union' };
const all = { filter_type: 'intersection' };

export const bootActionCases: readonly BootActionCase[] = [
  {
    name: 'the least boot action signals, and is for every node',
    body: { assets: [] },
    expected: { isSignaling: true, assets: [], targetNodes: ['n1', 'n2', 'n3'] },
  },
  { name: 'one that does not signal', body: { signaling: false, assets: [] }, expected: { isSignaling: false } },
  assetCase(
    'every field of a unit',
    {
      type: 'unit',
      path: '/etc/a.service',
      data: 'x',
      data_pipeline: ['utf8_decode', 'template'],
      permissions: '0640',
    },
    { type: 'unit', path: '/etc/a.service', data: 'x', dataPipeline: ['utf8_decode', 'template'], permissions: 0o640 },
  ),
  assetCase(
    'a file from elsewhere',
    {
      type: 'file',
      path: '/x',
      location: 'http://x.example.test/{{ node.hostname }}',
      location_pipeline: ['template'],
    },
    { location: 'http://x.example.test/{{ node.hostname }}', locationPipeline: ['template'] },
  ),
  assetCase('pipelines of null are empty', { type: 'file', path: '/x', data: 'x', data_pipeline: null }, { data: 'x' }),
  assetCase(
    'packages, any version as null',
    { type: 'pkg_list', data: { b: '1.0-1', a: null } },
    {
      type: 'pkg_list',
      path: null,
      packages: { b: '1.0-1', a: null },
    },
  ),
  targets('names, in the order of the nodes', 'union', [{ ...any, node_names: ['n3', 'n1', 'unknown'] }], ['n1', 'n3']),
  targets('tags', 'union', [{ ...any, node_tags: ['t'] }], ['n1', 'n2']),
  targets('labels', 'union', [{ ...any, node_labels: { role: 'gw' } }], ['n3']),
  targets('labels are compared as text', 'union', [{ ...any, node_labels: { number: 1 } }], ['n3']),
  targets('racks', 'union', [{ ...any, rack_names: ['r1'] }], ['n2']),
  targets('rack labels', 'union', [{ ...any, rack_labels: { row: 'a' } }], ['n2']),
  targets('all criteria of an intersection', 'union', [{ ...all, node_tags: ['t'], rack_names: ['r1'] }], ['n2']),
  targets(
    'any criterion of a union',
    'union',
    [{ ...any, node_labels: { role: 'gw' }, rack_names: ['r1'] }],
    ['n2', 'n3'],
  ),
  targets(
    'all filters of an intersection',
    'intersection',
    [
      { ...any, node_tags: ['t'] },
      { ...any, node_names: ['n1', 'n3'] },
    ],
    ['n1'],
  ),
  targets('no filter selects nothing', 'union', [], []),
];
