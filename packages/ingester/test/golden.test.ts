import { describe, expect, test } from '@jest/globals';
import type { CompiledDesign } from '@drydock/model';
import { compileText, designOf } from './compiled.js';
import { bootActionCases } from './golden/boot-actions.js';
import type { MergeCase } from './golden/merge-case.js';
import { interfaceMerges } from './golden/merged-interfaces.js';
import { deviceMerges, partitionMerges, volumeGroupMerges } from './golden/merged-storage.js';
import { listCases, mapCases, notInheritedCases, scalarCases } from './golden/merged-values.js';
import { linkCases, networkCases, routeDomainCases } from './golden/network-fields.js';
import {
  hardwareCases,
  identityCases,
  interfaceCases,
  oobCases,
  storageCases,
  type NodeCase,
} from './golden/node-fields.js';
import {
  formats,
  hardwareProfile,
  leastEffective,
  leastNode,
  writeDocuments,
  type NeutralDocument,
} from './golden/site-documents.js';
import { regionAndRackCases } from './golden/site-fields.js';

/**
 * What every field means and how every value is inherited, written by hand from reference 02 §3 and §4 as changed by
 * its §9; each in both formats.
 */
function compileGolden(documents: readonly NeutralDocument[], format: (typeof formats)[number]): CompiledDesign {
  return designOf(compileText(writeDocuments(documents, format)));
}

const nodeDocument = (body: object, name = 'n'): NeutralDocument => ({
  kind: 'BaremetalNode',
  name,
  body: { ...leastNode, ...body },
});

/** Each profile the parent of the next, the last one the node's. */
function chainOf({ chain }: MergeCase): readonly NeutralDocument[] {
  const profiles = chain.slice(0, -1);
  const parentOf = (index: number): object => (index === 0 ? {} : { host_profile: `p${index - 1}` });
  return [
    ...profiles.map((body, index) => ({
      kind: 'HostProfile',
      name: `p${index}`,
      body: { ...body, ...parentOf(index) },
    })),
    nodeDocument({ ...chain.at(-1), ...parentOf(profiles.length) }),
  ];
}

describe.each(formats)('in the %s format', (format) => {
  test.each([...regionAndRackCases, ...linkCases, ...networkCases, ...routeDomainCases])(
    'the site: $name',
    ({ documents, expected }) => {
      const { site } = compileGolden(documents, format);
      const found = Object.fromEntries(Object.keys(expected).map((key) => [key, site[key as keyof typeof site]]));
      expect(found).toEqual(expected);
    },
  );

  test.each<NodeCase>([...identityCases, ...oobCases, ...interfaceCases, ...storageCases, ...hardwareCases])(
    'a node: $name',
    ({ node, others = [], expected }) => {
      const { nodes } = compileGolden([hardwareProfile, ...others, nodeDocument(node)], format);
      expect(nodes).toEqual([{ ...leastEffective, name: 'n', ...expected }]);
    },
  );

  test.each<MergeCase>([
    ...scalarCases,
    ...mapCases,
    ...listCases,
    ...notInheritedCases,
    ...interfaceMerges,
    ...deviceMerges,
    ...partitionMerges,
    ...volumeGroupMerges,
  ])('inheritance: $name', (given) => {
    const { nodes } = compileGolden([hardwareProfile, ...chainOf(given)], format);
    const hostProfile = `p${given.chain.length - 2}`;
    expect(nodes).toEqual([{ ...leastEffective, name: 'n', hostProfile, ...given.expected }]);
  });

  test.each(bootActionCases)('a boot action: $name', ({ body, expected }) => {
    const site = [
      hardwareProfile,
      { kind: 'Rack', name: 'r1', body: { labels: { row: 'a' } } },
      nodeDocument({ metadata: { tags: ['t'] } }, 'n1'),
      nodeDocument({ metadata: { tags: ['t'], rack: 'r1' } }, 'n2'),
      nodeDocument({ metadata: { owner_data: { role: 'gw', number: '1' } } }, 'n3'),
      { kind: 'BootAction', name: 'b', body },
    ];
    const design = compileGolden(site, format);
    const [action] = design.site.bootActions;
    expect({ ...action, ...expected }).toEqual(action);
    const targeted = design.nodes.filter(({ bootActions }) => bootActions.includes('b')).map(({ name }) => name);
    expect(targeted).toEqual(action?.targetNodes);
  });
});
