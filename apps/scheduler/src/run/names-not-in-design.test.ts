import { expect, it } from '@jest/globals';
import { namesNotInDesign } from './names-not-in-design.js';

const nodes = [{ name: 'n1', rack: 'r1' }];
const filter = (node_names: readonly string[], rack_names: readonly string[] = []) => ({
  filter_set_type: 'union' as const,
  filter_set: [{ filter_type: 'union' as const, node_names, rack_names }],
});

it.each([
  ['no filter', null, []],
  ['names that are there', filter(['n1'], ['r1']), []],
  ['a node and a rack that are not, named twice', filter(['n1', 'n9', 'n9'], ['r9']), ['node n9', 'rack r9']],
])('%s', (_, given, expected) => {
  expect(namesNotInDesign(given, nodes)).toEqual(expected);
});
