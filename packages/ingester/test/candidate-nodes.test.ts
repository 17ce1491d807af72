import { describe, expect, test } from '@jest/globals';
import { selectNodes, type CompiledNode, type NodeFilterSet } from '@drydock/model';
import { compiledNode } from '@drydock/testkit';
import * as fc from 'fast-check';
import { CandidateNodes } from '../src/compile/candidate-nodes.js';

const word = fc.constantFrom('a', 'b', 'c', '__proto__');
const words = fc.array(word, { maxLength: 3 });
const labels = fc.dictionary(word, word, { maxKeys: 2 });
const setOperation = fc.constantFrom('union' as const, 'intersection' as const);

const nodes: fc.Arbitrary<readonly CompiledNode[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      tags: words,
      rack: fc.option(word),
      rackLabels: labels,
      ownerData: labels,
    })
    .map(compiledNode),
  { selector: ({ name }) => name },
);

const filterSet: fc.Arbitrary<NodeFilterSet> = fc.record({
  filter_set_type: setOperation,
  filter_set: fc.array(
    fc.record(
      {
        filter_type: setOperation,
        node_names: words,
        node_tags: words,
        node_labels: labels,
        rack_names: words,
        rack_labels: labels,
      },
      { requiredKeys: ['filter_type'] },
    ),
    { maxLength: 3 },
  ),
});

describe('the candidates of a filter', () => {
  test('give it what all nodes give it, in the same order', () => {
    fc.assert(
      fc.property(nodes, filterSet, (all, filter) => {
        const candidates = new CandidateNodes(all).of(filter, 1000);
        expect(candidates && selectNodes(filter, candidates.nodes)).toEqual(selectNodes(filter, all));
      }),
      { numRuns: 2000 },
    );
  });

  test('are those of the criterion that fewest nodes meet', () => {
    const all = ['a', 'b', 'c'].map((name) => compiledNode({ name, tags: ['t'], ownerData: { k: 'v', name } }));
    const filter: NodeFilterSet = {
      filter_set_type: 'intersection',
      filter_set: [
        { filter_type: 'intersection', node_tags: ['t'], node_labels: { k: 'v', name: 'b' } },
        { filter_type: 'intersection' },
      ],
    };
    const candidates = new CandidateNodes(all).of(filter, 2);
    expect([candidates?.nodes.map(({ name }) => name), candidates?.looks]).toEqual([['b'], 2]);
    expect(new CandidateNodes(all).of(filter, 1)).toBeNull();
  });
});
