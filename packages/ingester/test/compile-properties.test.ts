import { describe, expect, test } from '@jest/globals';
import type { CompiledDesign } from '@drydock/model';
import * as fc from 'fast-check';
import { noSettings, type HostSettings, type InterfaceSettings } from '../src/compile/host-settings.js';
import { mergeHostSettings } from '../src/compile/merge-host-settings.js';
import { hashDesign } from '../src/index.js';
import { compileText, designOf, linesOf } from './compiled.js';
import { hardwareProfile, leastNode, writeDocuments, type NeutralDocument } from './golden/site-documents.js';

const names = ['a', 'b', 'c', 'd'] as const;
const word = fc.constantFrom(...names);
const marked = fc.oneof(
  { weight: 3, arbitrary: word },
  word.map((name) => `!${name}`),
);
/** A list or the keys of a map in which nothing is both removed and given. */
const entries = fc.uniqueArray(marked, { selector: (name) => name.replace('!', '') });
const scalar = fc.option(fc.oneof(word, fc.constant('!')), { nil: null });
const texts = entries.map((keys) => new Map(keys.map((key, index) => [key, `${index}`])));

const interfaceNamed = (name: string): fc.Arbitrary<InterfaceSettings> =>
  fc.record({
    name: fc.constant(name),
    isRemoved: fc.constant(false),
    networkLink: scalar,
    slaves: entries,
    networks: entries,
    hasSriov: fc.constantFrom(null, true),
    virtualFunctionCount: fc.constantFrom(null, 2, -1),
    isTrusted: fc.constantFrom(null, true, false),
  });

const settings: fc.Arbitrary<HostSettings> = fc.record({
  hardwareProfile: scalar,
  primaryNetwork: scalar,
  rack: scalar,
  image: scalar,
  kernel: scalar,
  oobType: scalar,
  oobParameters: texts,
  ownerData: texts,
  kernelParameters: texts,
  tags: entries,
  interfaces: entries.chain((keys) => fc.tuple(...keys.map(interfaceNamed))),
  devices: entries.chain((keys) =>
    fc.tuple(
      ...keys.map((name) =>
        fc.record({ name: fc.constant(name), labels: texts, volumeGroup: scalar, partitions: fc.constant([]) }),
      ),
    ),
  ),
  volumeGroups: fc.constant([]),
});

/** Effective settings: of a profile that inherits nothing. */
const effective = settings.map((own) => mergeHostSettings(noSettings, own));

describe('merging', () => {
  test('once more changes nothing', () => {
    fc.assert(
      fc.property(effective, settings, (parent, child) => {
        const once = mergeHostSettings(parent, child);
        expect(mergeHostSettings(once, child)).toEqual(once);
      }),
    );
  });

  test('with nothing changes nothing, and gives back what it was given', () => {
    fc.assert(
      fc.property(effective, (parent) => {
        const merged = mergeHostSettings(parent, noSettings);
        expect(merged).toEqual(parent);
        expect(merged.interfaces).toBe(parent.interfaces);
        expect(merged.kernelParameters).toBe(parent.kernelParameters);
      }),
    );
  });

  test('leaves no removal marker', () => {
    fc.assert(
      fc.property(effective, settings, (parent, child) => {
        const { interfaces, ...others } = mergeHostSettings(parent, child);
        const maps = [others.oobParameters, others.ownerData, others.kernelParameters];
        const left = [
          ...Object.values(others).filter((value) => typeof value === 'string'),
          ...maps.flatMap((map) => [...map.keys()]),
          ...others.tags,
          ...others.devices.flatMap(({ name, labels, volumeGroup }) => [name, ...labels.keys(), volumeGroup ?? '']),
          ...interfaces.flatMap(({ name, networkLink, slaves, networks }) => [
            ...[name, networkLink ?? ''],
            ...slaves,
            ...networks,
          ]),
        ];
        expect(left.filter((text) => text.startsWith('!'))).toEqual([]);
      }),
    );
  });

  test('removes what the child removes, and nothing else', () => {
    fc.assert(
      fc.property(effective, settings, (parent, child) => {
        const merged = mergeHostSettings(parent, child);
        const kept = parent.tags.filter((tag) => !child.tags.includes(`!${tag}`));
        const added = child.tags.filter((tag) => !tag.startsWith('!'));
        expect(new Set(merged.tags)).toEqual(new Set([...kept, ...added]));
        const namesOf = (items: readonly { readonly name: string }[]): readonly string[] =>
          items.map(({ name }) => name);
        const marks = new Set(namesOf(child.interfaces));
        expect(new Set(namesOf(merged.interfaces))).toEqual(
          new Set([
            ...namesOf(parent.interfaces).filter((name) => !marks.has(`!${name}`)),
            ...[...marks].filter((name) => !name.startsWith('!')),
          ]),
        );
      }),
    );
  });

  test('gives the child the last word on what it says, and the parent on all else', () => {
    fc.assert(
      fc.property(effective, settings, (parent, child) => {
        const merged = mergeHostSettings(parent, child);
        expect(merged.image).toBe(child.image === null ? parent.image : child.image === '!' ? null : child.image);
        for (const [key, value] of merged.ownerData) {
          expect(value).toBe(child.ownerData.get(key) ?? parent.ownerData.get(key));
        }
      }),
    );
  });
});

const profile = fc.record({
  primary_network: fc.constantFrom('net-a', 'net-b'),
  metadata: fc.record({
    tags: entries,
    owner_data: entries.map((keys) => Object.fromEntries(keys.map((k) => [k, k]))),
  }),
  interfaces: entries.map((keys) => Object.fromEntries(keys.map((key) => [key, { networks: ['net-a'] }]))),
});

/** Profiles that inherit from one that is listed before them, and nodes that inherit from any. */
const site: fc.Arbitrary<readonly NeutralDocument[]> = fc
  .record({
    profiles: fc.array(fc.tuple(profile, fc.nat()), { minLength: 1, maxLength: 5 }),
    nodes: fc.array(fc.tuple(profile, fc.nat()), { minLength: 1, maxLength: 5 }),
    targets: fc.array(word, { minLength: 2, maxLength: 3 }),
  })
  .map(({ profiles, nodes, targets }) => [
    hardwareProfile,
    ...['net-a', 'net-b', 'net-c'].map((name, index) => ({
      kind: 'Network',
      name,
      body: {
        cidr: `10.0.${index}.0/24`,
        routedomain: 'all',
        routes: [{ routedomain: 'all', gateway: `10.0.${index}.1`, metric: 1 }],
        dns: { domain: `${name}.example.test` },
      },
    })),
    ...profiles.map(([body, parent], index) => ({
      kind: 'HostProfile',
      name: `p${index}`,
      body: { ...body, ...(index === 0 ? {} : { host_profile: `p${parent % index}` }) },
    })),
    ...nodes.map(([body, parent], index) => ({
      kind: 'BaremetalNode',
      name: `n${index}`,
      body: { ...leastNode, ...body, host_profile: `p${parent % profiles.length}` },
    })),
    ...targets.map((tag, index) => ({
      kind: 'BootAction',
      name: `action${index}`,
      body: {
        assets: [],
        node_filter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_tags: [tag] }] },
      },
    })),
  ]);

const shuffledSite = site.chain((documents) =>
  fc.tuple(fc.constant(documents), fc.shuffledSubarray([...documents], { minLength: documents.length })),
);

/** Boot actions as they were, among the others. */
function keepingBootActions(documents: readonly NeutralDocument[], shuffled: readonly NeutralDocument[]) {
  const actions = documents.filter(({ kind }) => kind === 'BootAction').values();
  return shuffled.map((document) => (document.kind === 'BootAction' ? (actions.next().value ?? document) : document));
}

const compileSite = (documents: readonly NeutralDocument[], format: 'deckhand' | 'native'): CompiledDesign =>
  designOf(compileText(writeDocuments(documents, format)));

function inOrderOfNames({
  format,
  site: { networks, racks, networkLinks, bootActions, ...others },
  nodes,
}: CompiledDesign) {
  const sorted = <T extends { readonly name: string }>(parts: readonly T[]): readonly T[] =>
    parts.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return {
    format,
    ...others,
    parts: [networks, racks, networkLinks, nodes].map((parts) => sorted<{ readonly name: string }>(parts)),
    bootActions: bootActions.map((action) => ({ ...action, targetNodes: action.targetNodes.toSorted() })),
  };
}

describe('compiling', () => {
  test('the same twice, in either format, gives the same', () => {
    fc.assert(
      fc.property(site, (documents) => {
        const design = compileSite(documents, 'deckhand');
        expect(compileSite(documents, 'deckhand')).toEqual(design);
        expect(hashDesign(compileSite(documents, 'native'))).toBe(hashDesign(design));
      }),
      { numRuns: 50 },
    );
  });

  test('gives the same in whatever order documents stand, as long as boot actions keep theirs', () => {
    fc.assert(
      fc.property(shuffledSite, ([documents, shuffled]) => {
        const design = compileSite(documents, 'native');
        const other = compileSite(keepingBootActions(documents, shuffled), 'native');
        expect(inOrderOfNames(other)).toEqual(inOrderOfNames(design));
        expect(hashDesign(other)).toBe(hashDesign(design));
      }),
      { numRuns: 100 },
    );
  });

  test('lists nodes in the order of their documents', () => {
    fc.assert(
      fc.property(shuffledSite, ([, shuffled]) => {
        const inOrder = shuffled.filter(({ kind }) => kind === 'BaremetalNode').map(({ name }) => name);
        expect(compileSite(shuffled, 'deckhand').nodes.map(({ name }) => name)).toEqual(inOrder);
      }),
      { numRuns: 20 },
    );
  });

  test('says the same of profiles that inherit at random, in whatever order documents stand', () => {
    const graph = fc.uniqueArray(fc.tuple(word, fc.option(fc.constantFrom(...names, 'x'), { nil: null })), {
      selector: ([name]) => name,
      minLength: 1,
    });
    const said = (profiles: readonly (readonly [string, string | null])[]): readonly string[] => {
      const documents = profiles.map(([name, parent]) => ({
        kind: 'HostProfile',
        name,
        body: parent === null ? {} : { host_profile: parent },
      }));
      const node = { kind: 'BaremetalNode', name: 'n', body: { ...leastNode, host_profile: profiles[0]?.[0] } };
      const { findings } = compileText(writeDocuments([hardwareProfile, node, ...documents], 'deckhand'));
      return linesOf(findings.filter(({ rule }) => rule === 'compile.parent'))
        .map((line) => line.replace(/\d+:\d+/, ''))
        .toSorted();
    };
    fc.assert(
      fc.property(graph, (profiles) => {
        const [first, ...others] = profiles;
        expect(said(first === undefined ? [] : [first, ...others.toReversed()])).toEqual(said(profiles));
      }),
    );
  });
});
