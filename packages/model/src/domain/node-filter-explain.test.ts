import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { FilterableNode } from './node-filter-criteria.js';
import { explainNodeFilter, type ExplainedFilter } from './node-filter-explain.js';
import { parseNodeFilter } from './node-filter-parse.js';
import { selectNodes } from './node-filter-select.js';
import type { NodeFilter, NodeFilterSet } from './node-filter.js';

const node: FilterableNode = {
  name: 'n1',
  tags: ['t1', 't2'],
  rack: 'r1',
  rackLabels: { row: 'a' },
  ownerData: { role: 'worker', zone: 'z1' },
};
const bare: FilterableNode = { name: 'n2', tags: [], rack: null, rackLabels: {}, ownerData: {} };

const set = (type: NodeFilter['filter_type'], ...filters: readonly NodeFilter[]): NodeFilterSet => ({
  filter_set_type: type,
  filter_set: filters,
});
const all = (criteria: Omit<NodeFilter, 'filter_type'>): NodeFilter => ({ filter_type: 'intersection', ...criteria });
const any = (criteria: Omit<NodeFilter, 'filter_type'>): NodeFilter => ({ filter_type: 'union', ...criteria });

function explain(filter: NodeFilterSet | null, of = node): { isMatched: boolean; filters: readonly ExplainedFilter[] } {
  const [explained] = explainNodeFilter(filter, [of]);
  if (explained === undefined) throw new Error('every node is explained');
  return explained;
}

function reasons(filter: NodeFilter, of = node): readonly string[] {
  return explain(set('union', filter), of).filters.flatMap(({ criteria }) =>
    criteria.map(({ criterion, isMatched, reason }) => `${criterion} ${isMatched ? 'yes' : 'no'}: ${reason}`),
  );
}

describe('why a criterion matches a node or does not', () => {
  test.each<[filter: NodeFilter, of: FilterableNode, reasons: readonly string[]]>([
    [all({ node_names: ['n1', 'n9'] }), node, ['node_names yes: its name is listed']],
    [all({ node_names: ['n9'] }), node, ['node_names no: its name is not listed']],
    [all({ node_tags: ['t9', 't2', 't1'] }), node, ['node_tags yes: it has t1, t2']],
    [all({ node_tags: ['t9'] }), node, ['node_tags no: none of its tags t1, t2 is listed']],
    [all({ node_tags: ['t9'] }), bare, ['node_tags no: it has no tags']],
    [all({ rack_names: ['r1'] }), node, ['rack_names yes: its rack r1 is listed']],
    [all({ rack_names: ['r9'] }), node, ['rack_names no: its rack r1 is not listed']],
    [all({ rack_names: ['r9'] }), bare, ['rack_names no: it is in no rack']],
    [all({ node_labels: { role: 'worker' } }), node, ['node_labels yes: it has role=worker']],
    [
      all({ node_labels: { role: 'gateway', zone: 'z1', disk: 'ssd' } }),
      node,
      ['node_labels no: it has role=worker, not role=gateway, no label disk'],
    ],
    [
      all({ node_labels: { a: '1', b: '2', c: '3', d: '4' } }),
      node,
      ['node_labels no: it has no label a, no label b, no label c'],
    ],
    [any({ node_labels: { role: 'gateway', zone: 'z1' } }), node, ['node_labels yes: it has zone=z1']],
    [any({ node_labels: { role: 'gateway' } }), node, ['node_labels no: it has none of the labels that are listed']],
    [all({ rack_labels: { row: 'a' } }), node, ['rack_labels yes: its rack has row=a']],
    [all({ rack_labels: { row: 'b' } }), node, ['rack_labels no: its rack has row=a, not row=b']],
    [all({ rack_labels: { constructor: 'x' } }), bare, ['rack_labels no: its rack has no label constructor']],
  ])('%j', (filter, of, expected) => {
    expect(reasons(filter, of)).toEqual(expected);
  });

  test('with the values that matched and those that are missing', () => {
    const { filters } = explain(set('union', all({ node_tags: ['t1'], node_labels: { role: 'x', zone: 'z1' } })));
    expect(filters[0]?.criteria).toMatchObject([
      { criterion: 'node_tags', isMatched: true, matched: ['t1'], missing: [] },
      { criterion: 'node_labels', isMatched: false, matched: ['zone=z1'], missing: ['role=x'] },
    ]);
  });
});

describe('why a filter selects a node or does not', () => {
  const yes = all({ node_names: ['n1'] });
  const no = all({ node_names: ['n9'] });
  const nothing = all({ node_names: [], node_labels: {} });
  test.each<[name: string, filter: NodeFilterSet | null, isMatched: boolean, outcomes: readonly string[]]>([
    ['no filter selects all', null, true, []],
    ['an empty set selects nothing', set('union'), false, []],
    ['one filter of a union suffices', set('union', no, yes), true, ['failed', 'matched']],
    ['all filters of an intersection must match', set('intersection', no, yes), false, ['failed', 'matched']],
    ['without criteria an intersection selects nothing', set('intersection', nothing), false, ['unconstrained']],
    ['and keeps nothing out', set('intersection', nothing, yes), true, ['unconstrained', 'matched']],
    ['without criteria a union fails', set('union', any({})), false, ['failed']],
    [
      'one criterion of a union suffices',
      set('union', any({ node_names: ['n9'], rack_names: ['r1'] })),
      true,
      ['matched'],
    ],
    [
      'all of an intersection must match',
      set('union', all({ node_names: ['n9'], rack_names: ['r1'] })),
      false,
      ['failed'],
    ],
  ])('%s', (_name, filter, isMatched, outcomes) => {
    const explained = explain(filter);
    expect([explained.isMatched, explained.filters.map(({ outcome }) => outcome)]).toEqual([isMatched, outcomes]);
  });
});

const word = fc.constantFrom('a', 'b', 'c');
const labels = fc.dictionary(word, word);
const filters = fc.record(
  {
    filter_type: fc.constantFrom('union', 'intersection'),
    node_names: fc.array(word),
    node_tags: fc.array(word),
    node_labels: labels,
    rack_names: fc.array(word),
    rack_labels: labels,
  },
  { requiredKeys: ['filter_type'] },
);
const filterSets = fc.record({
  filter_set_type: fc.constantFrom('union', 'intersection'),
  filter_set: fc.array(filters, { maxLength: 3 }),
});
const someNodes = fc.uniqueArray(
  fc.record({ name: word, tags: fc.array(word), rack: fc.option(word), rackLabels: labels, ownerData: labels }),
  { selector: ({ name }) => name },
);

describe('for any filter and nodes', () => {
  test('explaining and selecting agree', () => {
    fc.assert(
      fc.property(filterSets, someNodes, (written, nodes) => {
        const filter = parseNodeFilter(written);
        const matched = explainNodeFilter(filter, nodes).filter(({ isMatched }) => isMatched);
        expect(matched.map(({ name }) => name)).toEqual(selectNodes(filter, nodes));
      }),
    );
  });

  test('a selection is in the order of the nodes and has none twice', () => {
    fc.assert(
      fc.property(filterSets, someNodes, (written, nodes) => {
        const selected = selectNodes(parseNodeFilter(written), [...nodes, ...nodes]);
        const names = nodes.map(({ name }) => name);
        expect(selected).toEqual(names.filter((name) => selected.includes(name)));
      }),
    );
  });

  test('union and intersection are those of sets', () => {
    fc.assert(
      fc.property(fc.array(filters, { minLength: 1, maxLength: 3 }), someNodes, (each, nodes) => {
        const hasCriteria = (filter: object): boolean =>
          Object.values(filter).some(
            (values) => typeof values === 'object' && Object.keys(values as object).length > 0,
          );
        const full = each.filter(hasCriteria);
        const alone = full.map((filter) => new Set(select('union', [filter], nodes)));
        const names = nodes.map(({ name }) => name);
        expect(select('union', full, nodes)).toEqual(names.filter((name) => alone.some((one) => one.has(name))));
        expect(select('intersection', full, nodes)).toEqual(
          names.filter((name) => alone.length > 0 && alone.every((one) => one.has(name))),
        );
      }),
    );
  });
});

function select(type: string, filter_set: readonly unknown[], nodes: readonly FilterableNode[]): readonly string[] {
  return selectNodes(parseNodeFilter({ filter_set_type: type, filter_set }), nodes);
}
