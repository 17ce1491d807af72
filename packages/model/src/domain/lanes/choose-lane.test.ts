import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { TaskAction } from '../actions.js';
import { chooseLane, defaultLaneOf, type LaneRule } from './choose-lane.js';

const names = ['default', 'edge', 'checks'];
const laneOf = (rules: readonly LaneRule[], action: TaskAction, designRef: string): string =>
  chooseLane({ names, rules }, { action, designRef });

describe('the lane of a task', () => {
  const rules: readonly LaneRule[] = [
    { lane: 'checks', actions: ['validate_design', 'verify_site'] },
    { lane: 'edge', designRef: 'https://designs.example/edge/*' },
    { lane: 'default', actions: ['deploy_nodes'], designRef: '*/slow.yaml' },
    { lane: 'edge', designRef: '*/slow.yaml' },
  ];
  it.each([
    ['validate_design', 'https://designs.example/edge/a.yaml', 'checks'],
    ['deploy_nodes', 'https://designs.example/edge/a.yaml', 'edge'],
    ['deploy_nodes', 'https://designs.example/core/a.yaml', 'default'],
    ['deploy_nodes', 'file:///designs/slow.yaml', 'default'],
    ['destroy_nodes', 'file:///designs/slow.yaml', 'edge'],
    ['destroy_nodes', 'file:///designs/slow.yaml.old', 'default'],
  ] as const)('of %s on %s is %s', (action, designRef, lane) => {
    expect(laneOf(rules, action, designRef)).toBe(lane);
  });

  it('is that of a rule without conditions for everything that no rule before it took', () => {
    expect(laneOf([{ lane: 'checks' }], 'deploy_nodes', 'file:///a')).toBe('checks');
  });

  it.each([
    ['the one called default', ['a', 'default'], 'default'],
    ['the first when none is called so', ['b', 'a'], 'b'],
  ])('is by default %s', (_case, all, lane) => {
    expect([defaultLaneOf(all), chooseLane({ names: all, rules: [] }, { action: 'noop', designRef: '' })]).toEqual([
      lane,
      lane,
    ]);
  });
});

describe('a pattern', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['a*c', 'ac', true],
    ['a*a', 'a', false],
    ['*', '', true],
    ['a**c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (pattern, designRef, isMatch) => {
    expect(laneOf([{ lane: 'edge', designRef: pattern }], 'noop', designRef) === 'edge').toBe(isMatch);
  });

  it('matches every text that it is made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '/') })), fc.string(), (parts, filler) => {
        const pattern = parts.join('*');
        expect(laneOf([{ lane: 'edge', designRef: pattern }], 'noop', parts.join(filler))).toBe(
          parts.length > 1 || pattern === parts.join(filler) ? 'edge' : 'default',
        );
      }),
    );
  });
});
