import { expect, test } from '@jest/globals';
import { checkEffects } from './check-effects.js';

const effect = (node: string, attempt = 0) => ({ id: `${node}-${attempt}`, verb: 'deploy_node', node, attempt });
const expected = { nodes: ['n1', 'n2'], verbs: ['deploy_node'] };

test.each([
  ['one effect for each node is right', [effect('n1'), effect('n2')], expected, []],
  ['a node without an effect is told', [effect('n1')], expected, ['n2 deploy_node attempt 0: no effect']],
  [
    'a second effect in one attempt is told',
    [effect('n1'), effect('n2'), effect('n1')],
    expected,
    ['n1 deploy_node attempt 0: 2 effects'],
  ],
  [
    'an attempt that should not have been is told',
    [effect('n1'), effect('n2'), effect('n2', 1)],
    expected,
    ['n2 deploy_node attempt 1: nobody asked for it'],
  ],
  [
    'two attempts have one effect each',
    [effect('n1'), effect('n1', 1)],
    { nodes: ['n1'], verbs: ['deploy_node'], attempts: 2 },
    [],
  ],
] as const)('%s', (_, effects, wanted, problems) => {
  expect(checkEffects(effects, wanted)).toEqual(problems);
});
