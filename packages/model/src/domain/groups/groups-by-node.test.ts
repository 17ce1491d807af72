import { describe, expect, it } from '@jest/globals';
import type { Verb } from '../verbs.js';
import { defaultGroupLimits } from './group-limits.js';
import { type GroupFacts, groupsByNode } from './groups-by-node.js';

const nodeFacts = (name: string, facts: Partial<GroupFacts>): GroupFacts => ({
  name,
  rack: null,
  oobType: null,
  bmcAddress: null,
  bmcPort: null,
  ...facts,
});

const groupsOf = groupsByNode(
  [
    nodeFacts('n1', { oobType: 'redfish', bmcAddress: '10.0.0.1', rack: 'r1' }),
    nodeFacts('n2', { oobType: 'ipmi', bmcAddress: '10.0.0.2', bmcPort: null }),
    nodeFacts('n3', { oobType: 'redfish', bmcAddress: '10.0.0.3', bmcPort: 8443 }),
    nodeFacts('n4', { oobType: 'manual', bmcAddress: '10.0.0.4' }),
    nodeFacts('bare', {}),
  ],
  'east',
  defaultGroupLimits,
);
const keysOf = (verb: Verb, nodeName: string | null) => groupsOf({ verb, nodeName }).map(({ key }) => key);
const ofNode = (name: string) => ['steps', 'site:east', `node:east:${name}`];
const withMaas = (name: string) => ['steps', 'site:east', 'maas:east', `node:east:${name}`];

describe('the groups of a step', () => {
  const cases: readonly [Verb, string | null, readonly string[]][] = [
    ['noop', 'n1', ofNode('n1')],
    ['apply_node_storage', 'n1', withMaas('n1')],
    ['set_node_boot', 'n1', [...ofNode('n1'), 'bmc:10.0.0.1:443']],
    ['power_cycle_node', 'n1', [...ofNode('n1'), 'bmc:10.0.0.1:443', 'rack:east:r1:power']],
    ['configure_hardware', 'n1', [...withMaas('n1'), 'bmc:10.0.0.1:443']],
    ['deploy_node', 'n1', [...withMaas('n1'), 'bmc:10.0.0.1:443', 'deploy:east']],
    ['destroy_node', 'n1', [...withMaas('n1'), 'bmc:10.0.0.1:443']],
    ['power_cycle_node', 'n2', [...ofNode('n2'), 'bmc:10.0.0.2:623']],
    ['interrogate_oob', 'n3', [...ofNode('n3'), 'bmc:10.0.0.3:8443']],
    ['interrogate_oob', 'n4', [...ofNode('n4'), 'bmc:10.0.0.4:0']],
    ['deploy_node', 'bare', [...withMaas('bare'), 'deploy:east']],
    ['deploy_node', 'not in the snapshot', [...withMaas('not in the snapshot'), 'deploy:east']],
    ['create_network_template', null, ['steps', 'site:east', 'maas:east']],
  ];
  it.each(cases)('%s of %s', (verb, nodeName, expected) => {
    expect(keysOf(verb, nodeName)).toEqual(expected);
  });

  it('a step of the whole site takes the site for itself', () => {
    const [, site] = groupsOf({ verb: 'create_network_template', nodeName: null });
    expect(site?.weight).toBe(site?.limit);
  });

  it('leaves time between two steps on an IPMI controller, and none on Redfish', () => {
    const spacing = (name: string) => groupsOf({ verb: 'set_node_boot', nodeName: name }).at(-1)?.spacingMilliseconds;
    expect([spacing('n2'), spacing('n1')]).toEqual([5000, 0]);
  });
});
