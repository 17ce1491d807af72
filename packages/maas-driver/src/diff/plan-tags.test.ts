import { describe, expect, test } from '@jest/globals';
import { planTags, refusedTagNames, type TagsFound } from './plan-tags.js';

const wish = { nodeName: 'n1', kernelParameters: 'quiet', tags: ['a', 'a', 'b'] };
const none: TagsFound = { onMachine: [], kernelOptions: new Map() };

describe('planTags', () => {
  test.each<readonly [string, typeof wish, TagsFound, readonly string[]]>([
    [
      'makes what is missing and adds the machine, each once',
      wish,
      none,
      ['create_tag n1_kp', 'add_to_tag n1_kp', 'create_tag a', 'add_to_tag a', 'create_tag b', 'add_to_tag b'],
    ],
    [
      'does nothing when all is there',
      wish,
      {
        onMachine: ['n1_kp', 'a', 'b'],
        kernelOptions: new Map([
          ['n1_kp', 'quiet'],
          ['a', ''],
          ['b', 'x'],
        ]),
      },
      [],
    ],
    [
      'changes other kernel options in place',
      { ...wish, tags: [] },
      { onMachine: ['n1_kp'], kernelOptions: new Map([['n1_kp', 'old']]) },
      ['set_kernel_options n1_kp'],
    ],
    [
      'deletes the tag of parameters that are no more',
      { ...wish, kernelParameters: '', tags: [] },
      { onMachine: ['n1_kp'], kernelOptions: new Map([['n1_kp', 'old']]) },
      ['delete_tag n1_kp'],
    ],
    ['does not look for a tag that never was', { ...wish, kernelParameters: '', tags: [] }, none, []],
  ])('%s', (_name, wanted, found, expected) => {
    expect(planTags(wanted, found).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
  });

  test('names what MAAS would refuse', () => {
    expect(refusedTagNames({ nodeName: 'n1.site', kernelParameters: 'x', tags: ['ok_1', 'not ok'] })).toEqual([
      'n1.site_kp',
      'not ok',
    ]);
  });
});
