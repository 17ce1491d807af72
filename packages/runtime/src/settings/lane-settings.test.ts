import { describe, expect, test } from '@jest/globals';
import { object } from 'yup';
import { readConfig } from '../config/read-config.js';
import { laneRows, laneSettings } from './lane-settings.js';

const schema = object(laneSettings);
const read = (env: Readonly<Record<string, string>>) => readConfig(schema, env);
const lanes = { DRYDOCK_LANES: 'default,edge' };

describe('the lanes', () => {
  test('are one without rules when nothing is said', () => {
    expect(read({})).toMatchObject({ lanes: ['default'], laneRules: [] });
    expect(laneRows(read({}))).toEqual([{ name: 'default', maxQueued: 1000 }]);
  });

  test('are found by rules in the order in which they stand', () => {
    const rules = [
      { lane: 'edge', designRef: 'https://designs.example/edge/*' },
      { lane: 'default', actions: ['deploy_nodes', 'validate_design'] },
    ];
    expect(read({ ...lanes, DRYDOCK_LANE_RULES: JSON.stringify(rules) }).laneRules).toEqual(rules);
  });

  test.each([
    ['50', 50, 50],
    ['edge=7', 1000, 7],
    [' 20 , edge = 0 ', 20, 0],
  ])('take as many queued tasks as "%s" says', (text, ofDefault, ofEdge) => {
    expect(laneRows(read({ ...lanes, DRYDOCK_LANE_MAX_QUEUED: text }))).toEqual([
      { name: 'default', maxQueued: ofDefault },
      { name: 'edge', maxQueued: ofEdge },
    ]);
  });

  test.each([
    ['DRYDOCK_LANE_RULES', 'edge: deploy_nodes', 'must be a JSON array'],
    ['DRYDOCK_LANE_RULES', '{"lane":"edge"}', 'must be a JSON array'],
    ['DRYDOCK_LANE_RULES', '[null]', 'is wrong'],
    ['DRYDOCK_LANE_RULES', '[{"actions":["deploy_nodes"]}]', 'lane'],
    ['DRYDOCK_LANE_RULES', '[{"lane":"edge","actions":["reboot"]}]', 'actions'],
    ['DRYDOCK_LANE_RULES', '[{"lane":"edge","action":"deploy_nodes"}]', 'action'],
    ['DRYDOCK_LANE_RULES', '[{"lane":"far"}]', 'the lane far is not one of DRYDOCK_LANES'],
    ['DRYDOCK_LANE_MAX_QUEUED', 'many', 'must be a whole number'],
    ['DRYDOCK_LANE_MAX_QUEUED', '-1', 'must be a whole number'],
    ['DRYDOCK_LANE_MAX_QUEUED', '5,far=2', 'the lane far is not one of DRYDOCK_LANES'],
  ])('%s=%s is refused by its name: %s', (variable, value, why) => {
    expect(() => read({ ...lanes, [variable]: value })).toThrow(new RegExp(`a problem: ${variable} .*${why}`));
  });

  test('tell every mistake at once', () => {
    const rules = '[{"lane":"far","actions":["reboot"]},{"designRef":""}]';
    const env = { DRYDOCK_LANE_RULES: rules, DRYDOCK_LANE_MAX_QUEUED: 'many' };
    expect(() => read(env)).toThrow(
      /2 problems: (?=.*\[0\]\.actions)(?=.*\[1\]\.lane)(?=.*lane far)(?=.*MAX_QUEUED must)/,
    );
  });
});
