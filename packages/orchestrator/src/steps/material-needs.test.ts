import { expect, it } from '@jest/globals';
import { verbs, type Verb } from '@drydock/model';
import { compiledNode } from '@drydock/testkit';
import { materialNeeds, materialNeedsOf } from './material-needs.js';

it.each(Object.keys(verbs) as Verb[])('%s reads only what the table allows', (verb) => {
  const { driver, target } = verbs[verb];
  const needs = materialNeeds[verb];
  expect(needs.needsSite && driver === 'oob').toBe(false);
  expect(needs.needsDeviceNames && target === 'site').toBe(false);
  if (driver === 'oob') expect(needs.needsCredential).toBe(true);
});

it('a node without aliases needs no inventory', () => {
  expect(materialNeedsOf('apply_node_storage', compiledNode()).needsDeviceNames).toBe(false);
});

it('a node with aliases needs its inventory where devices are used', () => {
  const node = compiledNode({
    deviceAliases: [{ alias: 'boot', busType: 'scsi', deviceType: null, address: '2:0.0.0' }],
  });
  expect(materialNeedsOf('apply_node_storage', node).needsDeviceNames).toBe(true);
  expect(materialNeedsOf('deploy_node', node).needsDeviceNames).toBe(false);
});
