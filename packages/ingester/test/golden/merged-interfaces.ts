import type { NodeInterface } from '@drydock/model';
import type { MergeCase } from './merge-case.js';

const plain: Omit<NodeInterface, 'name'> = { networkLink: null, slaves: [], networks: [], sriov: null };

const interfaceCase = (
  name: string,
  chain: readonly object[],
  expected: Readonly<Record<string, Partial<NodeInterface>>>,
): MergeCase => ({
  name,
  chain: chain.map((interfaces) => ({ interfaces })) as unknown as MergeCase['chain'],
  expected: {
    interfaces: Object.entries(expected).map(([interfaceName, given]) => ({ ...plain, name: interfaceName, ...given })),
  },
});

const sriov = (virtualFunctionCount: number, isTrusted: boolean): Partial<NodeInterface> => ({
  sriov: { virtualFunctionCount, isTrusted },
});

/** Reference 02 §4.3, and §9 for SR-IOV and null. */
export const interfaceMerges: readonly MergeCase[] = [
  interfaceCase('interfaces are inherited in order', [{ b: {}, a: {} }, {}], { b: {}, a: {} }),
  interfaceCase('those of the child follow', [{ b: {} }, { a: {}, c: {} }], { b: {}, a: {}, c: {} }),
  interfaceCase('without any in the parent', [{}, { a: {} }], { a: {} }),
  interfaceCase(
    'one that the child names keeps its place',
    [
      { a: {}, b: {} },
      { c: {}, a: { device_link: 'l' } },
    ],
    {
      a: { networkLink: 'l' },
      b: {},
      c: {},
    },
  ),
  interfaceCase(
    '! removes one',
    [
      { a: {}, b: {} },
      { '!a': {}, '!never': {} },
    ],
    { b: {} },
  ),
  interfaceCase(
    'null removes one',
    [
      { a: {}, b: {} },
      { a: null, never: null },
    ],
    { b: {} },
  ),
  interfaceCase(
    'one that a middle profile removed comes back anew',
    [{ a: { device_link: 'l' } }, { '!a': {} }, { a: {} }],
    {
      a: {},
    },
  ),
  interfaceCase(
    'the link is a scalar',
    [
      { a: { device_link: 'old' }, b: { device_link: 'old' }, c: { device_link: 'old' } },
      { a: { device_link: 'new' }, b: { device_link: '!' }, c: {} },
    ],
    {
      a: { networkLink: 'new' },
      b: {},
      c: { networkLink: 'old' },
    },
  ),
  interfaceCase('slaves are a list', [{ a: { slaves: ['s1', 's2'] } }, { a: { slaves: ['s3', '!s1'] } }], {
    a: { slaves: ['s3', 's2'] },
  }),
  interfaceCase('networks are a list', [{ a: { networks: ['n1', 'n2'] } }, { a: { networks: ['!n2', 'n3'] } }], {
    a: { networks: ['n3', 'n1'] },
  }),
  interfaceCase(
    'SR-IOV stays when the child speaks of something else',
    [{ a: { sriov: { vf_count: 4, trustedmode: true } } }, { a: { networks: ['n'] } }],
    {
      a: { networks: ['n'], ...sriov(4, true) },
    },
  ),
  interfaceCase(
    'its fields are scalars, one by one',
    [
      { a: { sriov: { vf_count: 4, trustedmode: true } } },
      { a: { sriov: { vf_count: 8 } } },
      { a: { sriov: { trustedmode: false } } },
    ],
    {
      a: sriov(8, false),
    },
  ),
  interfaceCase('-1 unsets a number', [{ a: { sriov: { vf_count: 4 } } }, { a: { sriov: { vf_count: -1 } } }], {
    a: sriov(0, false),
  }),
  interfaceCase('the child may add SR-IOV', [{ a: {} }, { a: { sriov: { vf_count: 2 } } }], { a: sriov(2, false) }),
];
