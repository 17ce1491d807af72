import { describe, expect, test } from '@jest/globals';
import { type Verb, verbs } from '../verbs.js';
import { defaultGroupLimits } from './group-limits.js';
import { groupNeeds, siteLimit, type StepSurroundings } from './group-needs.js';

const around: StepSurroundings = {
  provisioner: 'p1',
  nodeName: 'n1',
  rack: 'r1',
  oobType: 'ipmi',
  bmc: '127.16.0.1:623',
};
const site: StepSurroundings = { ...around, nodeName: null, rack: null, oobType: null, bmc: null };

const needsOf = (verb: Verb, given: Partial<StepSurroundings> = {}) =>
  groupNeeds(verb, { ...around, ...given }, defaultGroupLimits);
const keysOf = (verb: Verb, given: Partial<StepSurroundings> = {}) => needsOf(verb, given).map((need) => need.key);
const needOf = (verb: Verb, key: string, given: Partial<StepSurroundings> = {}) =>
  needsOf(verb, given).find((need) => need.key === key);

const node = ['steps', 'site:p1', 'node:p1:n1'];
const viaMaas = ['steps', 'site:p1', 'maas:p1', 'node:p1:n1'];
const bmc = 'bmc:127.16.0.1:623';
const rack = 'rack:p1:r1:power';

test.each<[Verb, readonly string[]]>([
  ['look_for_node', viaMaas],
  ['apply_node_networking', viaMaas],
  ['configure_hardware', [...viaMaas, bmc]],
  ['destroy_node', [...viaMaas, bmc]],
  ['deploy_node', [...viaMaas, bmc, 'deploy:p1']],
  ['set_node_boot', [...node, bmc]],
  ['power_off_node', [...node, bmc]],
  ['power_on_node', [...node, bmc, rack]],
  ['power_cycle_node', [...node, bmc, rack]],
  ['relabel_node', node],
])('%s needs room in %j', (verb, keys) => {
  expect(keysOf(verb)).toEqual(keys);
});

test.each<[Verb, readonly string[]]>([
  ['create_network_template', ['steps', 'site:p1', 'maas:p1']],
  ['validate_node_services', ['steps', 'site:p1', 'maas:p1']],
])('%s, for the whole site, needs room in %j', (verb, keys) => {
  expect(groupNeeds(verb, site, defaultGroupLimits).map((need) => need.key)).toEqual(keys);
});

describe('what is not known is not needed', () => {
  test.each<[string, Partial<StepSurroundings>, string]>([
    ['a BMC', { bmc: null }, bmc],
    ['a rack', { rack: null }, rack],
  ])('%s', (_name, given, key) => {
    expect(keysOf('power_on_node')).toContain(key);
    expect(keysOf('power_on_node', given)).not.toContain(key);
  });
});

test('a step on a node shares the site, a site-wide one has it alone', () => {
  expect(needOf('deploy_node', 'site:p1')).toMatchObject({ scope: 'call', weight: 1, limit: siteLimit });
  expect(needOf('create_network_template', 'site:p1', site)).toMatchObject({ weight: siteLimit, limit: siteLimit });
});

test.each([
  ['steps', 'steps'],
  ['maas:p1', 'call'],
  ['node:p1:n1', 'task'],
  [bmc, 'step'],
  ['deploy:p1', 'step'],
])('a place in %s is held for scope %s', (key, scope) => {
  expect(needOf('deploy_node', key)).toMatchObject({ scope });
});

test.each([
  ['ipmi', 5000],
  ['redfish', 0],
  [null, 0],
])('two steps on a BMC of type %s are %i ms apart', (oobType, spacingMilliseconds) => {
  expect(needOf('power_on_node', bmc, { oobType })).toMatchObject({ limit: 1, spacingMilliseconds });
});

test('deployments have a ramp, racks a spacing', () => {
  expect(needOf('deploy_node', 'deploy:p1')).toMatchObject({ limit: 30, rampPerMinute: 30, spacingMilliseconds: 0 });
  expect(needOf('power_on_node', rack)).toMatchObject({ limit: 4, rampPerMinute: 0, spacingMilliseconds: 1000 });
});

test('the numbers are those of the configuration', () => {
  const limits = { ...defaultGroupLimits, provisionerCalls: 3, deployments: 5, deploymentsPerMinute: 0 };
  const needs = groupNeeds('deploy_node', around, limits);
  expect(needs.find((need) => need.key === 'maas:p1')).toMatchObject({ limit: 3 });
  expect(needs.find((need) => need.key === 'deploy:p1')).toMatchObject({ limit: 5, rampPerMinute: 0 });
});

test.each(Object.keys(verbs) as Verb[])('%s needs no group twice, and the BMC alone is global', (verb) => {
  const keys = keysOf(verb);
  expect(new Set(keys).size).toBe(keys.length);
  const ofAnother = groupNeeds(verb, { ...around, provisioner: 'p2' }, defaultGroupLimits).map((need) => need.key);
  expect(keys.filter((key) => ofAnother.includes(key) && key !== 'steps' && key !== bmc)).toEqual([]);
});
