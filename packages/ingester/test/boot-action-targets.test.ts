import { expect, test } from '@jest/globals';
import { compileText, linesOf, designOf } from './compiled.js';
import { formats, writeDocuments } from './golden/site-documents.js';

const node = (name: string, tags: readonly string[]) => ({
  kind: 'BaremetalNode',
  name,
  body: { hardware_profile: 'h', addressing: [{ network: 'n', address: 'dhcp' }], metadata: { tags } },
});

const action = (name: string, tag?: string) => ({
  kind: 'BootAction',
  name,
  body: {
    assets: [],
    ...(tag !== undefined && {
      node_filter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_tags: [tag] }] },
    }),
  },
});

const hardware = { kind: 'HardwareProfile', name: 'h', body: {} };

test.each(formats)('nodes with the same boot actions share one list of them in the %s format', (format) => {
  const actions = [action('a', 'x'), action('b'), action('c', 'y'), action('d', 'x')];
  const nodes = [node('n1', ['x']), node('n2', ['y', 'x']), node('n3', ['x']), node('n4', ['y', 'x']), node('n5', [])];
  const design = designOf(compileText(writeDocuments([hardware, ...actions, ...nodes], format)));
  const [n1, n2, n3, n4, n5] = design.nodes.map(({ bootActions }) => bootActions);
  expect([n1, n2, n5]).toEqual([['a', 'b', 'd'], ['a', 'b', 'c', 'd'], ['b']]);
  expect(n3).toBe(n1);
  expect(n4).toBe(n2);
  expect([n1, n2, n5].map(Object.isFrozen)).toEqual([true, true, true]);
});

test.each(formats)('boot actions for endless nodes are refused in the %s format', (format) => {
  const many = <T>(count: number, make: (name: string) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(`x${index}`));
  const design = [hardware, ...many(1001, (name) => node(name, [])), ...many(1001, (name) => action(name))];
  const result = compileText(writeDocuments(design, format));
  expect(linesOf(result.findings.filter(({ rule }) => rule === 'compile.value'))).toEqual([
    expect.stringMatching(
      /^error .*BootAction "x999": the boot actions up to this one are for more than 1000000 nodes/,
    ),
  ]);
  expect(designOf(result).nodes[0]?.bootActions).toHaveLength(999);
  expect(result.isValid).toBe(false);
});
