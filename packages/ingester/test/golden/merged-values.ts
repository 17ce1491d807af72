import type { CompiledNode } from '@drydock/model';
import type { MergeCase } from './merge-case.js';

interface ScalarField {
  readonly field: string;
  readonly write: (value: string) => object;
  readonly read: (value: string | null) => Partial<CompiledNode>;
}

const oob = { network: null, account: null, credential: null, address: null, port: null, scheme: null, parameters: {} };

const scalarFields: readonly ScalarField[] = [
  {
    field: 'primary_network',
    write: (value) => ({ primary_network: value }),
    read: (value) => ({ primaryNetwork: value }),
  },
  { field: 'rack', write: (rack) => ({ metadata: { rack } }), read: (rack) => ({ rack }) },
  { field: 'image', write: (image) => ({ platform: { image } }), read: (image) => ({ image }) },
  { field: 'kernel', write: (kernel) => ({ platform: { kernel } }), read: (kernel) => ({ kernel }) },
  {
    field: 'oob.type',
    write: (type) => ({ oob: { type } }),
    read: (type) => ({ oob: type === null ? null : { ...oob, type } }),
  },
];

/** Reference 02 §4.2: nothing said inherits, a value replaces, `!` unsets, and the next one may set it again. */
export const scalarCases: readonly MergeCase[] = scalarFields.flatMap(({ field, write, read }) => [
  { name: `${field} is inherited`, chain: [write('old'), {}, {}], expected: read('old') },
  { name: `${field} of the child wins`, chain: [write('old'), write('new')], expected: read('new') },
  { name: `${field} is unset by !`, chain: [write('old'), write('!')], expected: read(null) },
  { name: `${field} is set again after !`, chain: [write('old'), write('!'), write('new')], expected: read('new') },
  { name: `${field} stays unset below !`, chain: [write('old'), write('!'), {}], expected: read(null) },
]);

interface MapField {
  readonly field: string;
  readonly write: (value: object) => object;
  /** Entries in order. */
  readonly read: (entries: readonly (readonly [string, string])[]) => Partial<CompiledNode>;
}

const mapFields: readonly MapField[] = [
  {
    field: 'owner_data',
    write: (value) => ({ metadata: { owner_data: value } }),
    read: (entries) => ({ ownerData: Object.fromEntries(entries) }),
  },
  {
    field: 'kernel_params',
    write: (value) => ({ platform: { kernel_params: value } }),
    read: (entries) => ({ kernelParameters: entries }),
  },
  {
    field: 'oob parameters',
    write: (value) => ({ oob: { type: 't', ...value } }),
    read: (entries) => ({ oob: { ...oob, type: 't', parameters: Object.fromEntries(entries) } }),
  },
];

/** Parent's order first, then what is new; `!key` removes and never stays. */
export const mapCases: readonly MergeCase[] = mapFields.flatMap(({ field, write, read }) => [
  {
    name: `${field} are inherited`,
    chain: [write({ a: '1', b: '2' }), {}],
    expected: read([
      ['a', '1'],
      ['b', '2'],
    ]),
  },
  {
    name: `${field} are joined, the child's value wins at the parent's place`,
    chain: [write({ a: '1', b: '2' }), write({ c: '3', a: '9' })],
    expected: read([
      ['a', '9'],
      ['b', '2'],
      ['c', '3'],
    ]),
  },
  {
    name: `${field} are removed one by one`,
    chain: [write({ a: '1', b: '2', c: '3' }), write({ '!b': '', '!never': '' })],
    expected: read([
      ['a', '1'],
      ['c', '3'],
    ]),
  },
  {
    name: `${field} that are removed and given go to the end`,
    chain: [write({ a: '1', b: '2' }), write({ '!a': '', a: '9' })],
    expected: read([
      ['b', '2'],
      ['a', '9'],
    ]),
  },
  {
    name: `${field} that a middle profile removed stay away`,
    chain: [write({ a: '1', b: '2' }), write({ '!a': '' }), write({ c: '3' })],
    expected: read([
      ['b', '2'],
      ['c', '3'],
    ]),
  },
]);

const tags = (...values: readonly string[]): object => ({ metadata: { tags: values } });

/** Child's items first, then the parent's. */
export const listCases: readonly MergeCase[] = [
  { name: 'tags are inherited', chain: [tags('a', 'b'), {}], expected: { tags: ['a', 'b'] } },
  { name: "the child's tags come first", chain: [tags('a', 'b'), tags('c')], expected: { tags: ['c', 'a', 'b'] } },
  { name: 'a tag that both have is there once', chain: [tags('a', 'b'), tags('b')], expected: { tags: ['b', 'a'] } },
  {
    name: 'a tag is removed by !, and the marker never stays',
    chain: [tags('a', 'b'), tags('!a', 'c', '!never')],
    expected: { tags: ['c', 'b'] },
  },
  {
    name: 'a tag that is removed and given is there as given',
    chain: [tags('a', 'b'), tags('!a', 'a')],
    expected: { tags: ['a', 'b'] },
  },
  {
    name: 'a tag that stands twice in a profile is inherited once',
    chain: [tags('a', 'a'), tags('c')],
    expected: { tags: ['c', 'a'] },
  },
  {
    name: 'three profiles deep',
    chain: [tags('a'), tags('b', '!a'), tags('c'), tags('a')],
    expected: { tags: ['a', 'c', 'b'] },
  },
];

/** Reference 02 §4.2. */
export const notInheritedCases: readonly MergeCase[] = [
  {
    name: 'a boot MAC in a profile is nobody’s',
    chain: [{ metadata: { boot_mac: '52:54:00:00:00:01' } }, {}],
    expected: { bootMac: null },
  },
];
