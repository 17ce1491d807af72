import { describe, expect, test } from '@jest/globals';
import type { CompiledDesign } from '@drydock/model';
import { hashDesign } from '../src/index.js';
import { compileText, designOf, sample, sampleWith } from './compiled.js';

const design = designOf(compileText(sample('site-deckhand')));

/** The same content with every key in another order. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, reversed<unknown>(part)]),
  ) as T;
}

describe('the hash of a design', () => {
  const { site, nodes } = design;
  test.each<[name: string, other: CompiledDesign]>([
    ['keys', reversed(design)],
    ['nodes', { ...design, nodes: nodes.toReversed() }],
    ['networks', { ...design, site: { ...site, networks: site.networks.toReversed() } }],
    ['links', { ...design, site: { ...site, networkLinks: site.networkLinks.toReversed() } }],
    ['racks', { ...design, site: { ...site, racks: site.racks.toReversed() } }],
    [
      'target nodes',
      {
        ...design,
        site: {
          ...site,
          bootActions: site.bootActions.map((action) => ({ ...action, targetNodes: action.targetNodes.toReversed() })),
        },
      },
    ],
  ])('does not depend on the order of %s', (_name, other) => {
    expect(hashDesign(other)).toBe(hashDesign(design));
  });

  test.each<[name: string, other: CompiledDesign]>([
    ['boot actions: later ones win', { ...design, site: { ...site, bootActions: site.bootActions.toReversed() } }],
    [
      'kernel parameters',
      {
        ...design,
        nodes: nodes.map((node) => ({ ...node, kernelParameters: node.kernelParameters.toReversed() })),
      },
    ],
    ['values', designOf(compileText(sampleWith('10.0.1.11 }', '10.0.1.21 }')))],
    ['credentials', designOf(compileText(sampleWith('hunter2', 'hunter3')))],
  ])('depends on %s', (_name, other) => {
    expect(hashDesign(other)).not.toBe(hashDesign(design));
  });

  test('depends on what is to be said about it, and is there without a design', () => {
    const { findings } = compileText(sampleWith('primary_network: mgmt', 'primary_network: other'));
    expect(
      new Set([hashDesign(design), hashDesign(design, findings), hashDesign(null), hashDesign(null, findings)]).size,
    ).toBe(4);
  });

  test('tells a list of one kind from the same of another', () => {
    const empty: CompiledDesign = {
      ...design,
      nodes: [],
      site: { ...site, racks: [], networks: [], networkLinks: [] },
    };
    const named = { name: 'x', labels: {} } as never;
    const hashes = ['racks', 'networks', 'networkLinks'].map((kind) =>
      hashDesign({ ...empty, site: { ...empty.site, [kind]: [named] } }),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});
