import { assetPath } from '../../src/validate/rules/asset-path.js';
import { bootActionTargets } from '../../src/validate/rules/boot-action-targets.js';
import { packageLists } from '../../src/validate/rules/package-lists.js';
import type { RuleCases } from './rule-case.js';
import { bootAction, node } from './site-text.js';

const only = (...nodes: readonly string[]): string =>
  `node_filter: { filter_set_type: union, filter_set: [{ filter_type: union, node_names: [${nodes.join(', ')}] }] }`;

export const bootActionTargetsCases: RuleCases = {
  rule: bootActionTargets,
  code: 'DD4001',
  title: 'Bootaction Definition',
  cases: [
    {
      name: 'accepts nodes that an action without a filter is for',
      site: [node('n1'), bootAction('b', 'assets: []')],
      says: [],
    },
    {
      name: 'warns of a node that no action is for',
      site: [node('n1'), node('n2', 'platform: {}'), bootAction('b', `assets: []\n${only('n1')}`)],
      says: ['warning @data [BaremetalNode n2] no boot action is for node n2'],
    },
    {
      name: 'warns of every node of a design without boot actions',
      site: [node('n1', 'platform: {}')],
      says: ['warning @data [BaremetalNode n1] no boot action is for node n1'],
    },
  ],
};

const packages = (...lines: readonly string[]): string =>
  bootAction(
    'b',
    `assets:\n  - type: pkg_list # @asset\n    data: # @packages\n${lines.map((line) => `      ${line}`).join('\n')}`,
  );
const versions = ['3.2.1-1', '1:2.3+x~1-0ubuntu1', '1-2-3', "''", 'null'];

export const packageListsCases: RuleCases = {
  rule: packageLists,
  code: 'DD4002',
  title: 'Bootaction pkg_list Validation',
  cases: [
    {
      name: 'accepts versions with a revision, and any version',
      site: [packages(...versions.map((version, index) => `p${index}: ${version}`))],
      says: [],
    },
    {
      name: 'accepts a list that comes from elsewhere',
      site: [bootAction('b', "assets: [{ type: pkg_list, location: 'http://assets.example.test/p' }]")],
      says: [],
    },
    {
      name: 'accepts assets that are no package lists',
      site: [bootAction('b', "assets: [{ type: file, path: /a, data: '1.0' }]")],
      says: [],
    },
    ...['1.0', ':)', '1.0-', '1:1:1-1', '-1', '1.0-1_2'].map((version) => ({
      name: `finds the version ${version}`,
      site: [packages(`p: '${version}'`)],
      says: [`error @packages [BootAction b] boot action b: "${version}" is no version of package p`],
    })),
    {
      name: 'finds a list without packages',
      site: [packages('{}')],
      says: ['error @packages [BootAction b] boot action b has a package list without packages'],
    },
    {
      name: 'finds a list without data',
      site: [bootAction('b', 'assets:\n  - type: pkg_list # @asset')],
      says: ['error @asset [BootAction b] boot action b has a package list without packages'],
    },
  ],
};

const writes = (name: string, filter: string, ...paths: readonly string[]): string =>
  bootAction(
    name,
    `assets:\n${paths.map((path, index) => `  - { type: file, path: ${path}, data: x } # @${name}-${index + 1}`).join('\n')}\n${filter}`,
  );
const nodes = [node('n1'), node('n2'), node('n3')];

export const assetPathCases: RuleCases = {
  rule: assetPath,
  code: 'DD4005',
  title: 'Bootaction Asset Path',
  cases: [
    {
      name: 'accepts paths of their own',
      site: [...nodes, writes('a', '', '/a', '/b'), writes('b', '', '/c')],
      says: [],
    },
    {
      name: 'accepts one path on different nodes',
      site: [...nodes, writes('a', only('n1'), '/a'), writes('b', only('n2', 'n3'), '/a')],
      says: [],
    },
    {
      name: 'accepts package lists, which have no place',
      site: [
        ...nodes,
        bootAction(
          'a',
          'assets: [{ type: pkg_list, path: /a, data: { p: null } }, { type: pkg_list, path: /a, data: { q: null } }]',
        ),
      ],
      says: [],
    },
    {
      name: 'doubts one path twice in an action',
      site: [...nodes, writes('a', '', '/a', '/b', '/a')],
      says: ['advice @a-3 [BootAction a] boot action a writes /a on node n1, and so does another of its assets'],
    },
    {
      name: 'doubts one path of two actions that share a node, and names the first such node',
      site: [...nodes, writes('a', only('n2', 'n3'), '/a'), writes('b', only('n1', 'n3'), '/b', '/a')],
      says: ['advice @b-2 [BootAction b, BootAction a] boot action b writes /a on node n3, and so does boot action a'],
    },
    {
      name: 'doubts a unit and a file at one path',
      site: [
        ...nodes,
        bootAction(
          'a',
          'assets:\n  - { type: unit, path: /a, data: x }\n  - { type: file, path: /a, data: x } # @file',
        ),
      ],
      says: ['advice @file [BootAction a] boot action a writes /a on node n1, and so does another of its assets'],
    },
  ],
};
