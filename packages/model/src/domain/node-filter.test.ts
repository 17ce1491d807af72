import { describe, expect, test } from '@jest/globals';
import type { FilterableNode } from './node-filter-criteria.js';
import { parseNodeFilter } from './node-filter-parse.js';
import { selectNodes } from './node-filter-select.js';

const nodes: readonly FilterableNode[] = [
  { name: 'n3', tags: ['test', 't2'], rack: 'r1', rackLabels: { row: 'a' }, ownerData: { foo: 'bar', zz: 'y' } },
  { name: 'n1', tags: ['test'], rack: 'r1', rackLabels: { row: 'a' }, ownerData: { foo: 'bar' } },
  { name: 'n2', tags: [], rack: null, rackLabels: {}, ownerData: { foo: 'baz' } },
];

const select = (filter: unknown): readonly string[] => selectNodes(parseNodeFilter(filter), nodes);
const one = (setType: string, type: string, criteria: object): unknown => ({
  filter_set_type: setType,
  filter_set: [{ filter_type: type, ...criteria }],
});
const empty = { node_names: [], node_tags: [], node_labels: {}, rack_names: [], rack_labels: {} };

describe('selecting nodes', () => {
  test.each([
    ['no filter selects all in design order', null, ['n3', 'n1', 'n2']],
    ['an absent filter selects all', undefined, ['n3', 'n1', 'n2']],
    [
      'names in design order, unknown ones ignored',
      one('union', 'union', { node_names: ['n2', 'n3', 'x'] }),
      ['n3', 'n2'],
    ],
    [
      'two matching tags name a node once',
      one('intersection', 'intersection', { node_tags: ['test', 't2'] }),
      ['n3', 'n1'],
    ],
    [
      'an intersection wants every criterion',
      one('intersection', 'intersection', { node_names: ['n1', 'n2'], node_tags: ['test'] }),
      ['n1'],
    ],
    ['a union wants any criterion', one('union', 'union', { node_names: ['n2'], node_tags: ['t2'] }), ['n3', 'n2']],
    [
      'label pairs are all wanted in an intersection',
      one('intersection', 'intersection', { node_labels: { foo: 'bar', zz: 'y' } }),
      ['n3'],
    ],
    [
      'one label pair suffices in a union',
      one('union', 'union', { node_labels: { foo: 'bar', zz: 'y' } }),
      ['n3', 'n1'],
    ],
    ['racks', one('union', 'intersection', { rack_names: ['r1'] }), ['n3', 'n1']],
    ['rack labels', one('intersection', 'intersection', { rack_labels: { row: 'a' }, node_tags: ['t2'] }), ['n3']],
    ['a union filter without criteria selects nothing', one('intersection', 'union', empty), []],
    ['an intersection filter without criteria alone selects nothing', one('intersection', 'intersection', empty), []],
    ['the same inside a union selects nothing', one('union', 'intersection', empty), []],
    ['an empty union selects nothing', { filter_set_type: 'union', filter_set: [] }, []],
    ['an empty intersection selects nothing', { filter_set_type: 'intersection' }, []],
    [
      'beside a filter that selects, one without criteria is no constraint',
      {
        filter_set_type: 'intersection',
        filter_set: [{ filter_type: 'intersection' }, { filter_type: 'union', node_names: ['n2'] }],
      },
      ['n2'],
    ],
    [
      'what Shipyard sends per selector: all criteria present, some empty, joined by union',
      {
        filter_set_type: 'union',
        filter_set: [
          { filter_type: 'intersection', node_names: ['n2'], node_tags: [], node_labels: {}, rack_names: [] },
          { filter_type: 'intersection', node_names: [], node_tags: ['t2'], node_labels: {}, rack_names: ['r1'] },
        ],
      },
      ['n3', 'n2'],
    ],
    [
      'a label named like an inherited property matches nothing',
      one('union', 'union', { node_labels: { constructor: 'x' } }),
      [],
    ],
  ])('%s', (_name, filter, names) => {
    expect(select(filter)).toEqual(names);
  });
});

describe('a filter with a mistake is refused and the place named', () => {
  test.each([
    ['x', /^node_filter must be an object, not string "x"$/],
    [[], /^node_filter must be an object, not an array$/],
    [{}, /^node_filter\.filter_set_type must be "union" or "intersection", not nothing$/],
    [
      { filter_set_type: 'union', filter_set: {} },
      /^node_filter\.filter_set must be an array of filters, not an object$/,
    ],
    [{ filter_set_type: 'union', filter_set: [1] }, /^node_filter\.filter_set\[0\] must be an object, not number 1$/],
    [one('union', 'both', {}), /filter_set\[0\]\.filter_type must be "union" or "intersection", not string "both"$/],
    [
      one('union', 'union', { node_names: 'n1' }),
      /filter_set\[0\]\.node_names must be an array of strings, not string "n1"$/,
    ],
    [
      one('union', 'union', { node_tags: ['a', 1] }),
      /\.node_tags\[1\] must be a string, not number 1; put it in quotes$/,
    ],
    [one('union', 'union', { node_labels: [] }), /filter_set\[0\]\.node_labels must be an object, not an array$/],
    [
      one('union', 'union', { rack_labels: { a: true } }),
      /\.rack_labels\.a must be a string, not boolean true; put it in/,
    ],
    [
      one('union', 'union', { rack_labels: { a: null } }),
      /\.rack_labels\.a must be a string, not null; put it in quotes$/,
    ],
    [one('union', 'union', { names: [] }), /^node_filter\.filter_set\[0\]\.names is unknown; known are filter_type, /],
  ])('%j', (filter, message) => {
    expect(() => parseNodeFilter(filter)).toThrow(expect.objectContaining({ code: 'invalid_node_filter' }));
    expect(() => parseNodeFilter(filter)).toThrow(message);
  });
});
