import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NodeDriver, Verb } from '@drydock/model';
import {
  deployInput,
  networkingInput,
  networkingWithDhcp,
  nodeInput,
  platformInput,
  siteNetworks,
  storageInput,
} from './support/demo-node.js';
import { machineSpec, startTestRegion, type TestRegion } from './support/test-region.js';

type NodeVerb = keyof NodeDriver & Verb;

/** What prepare_nodes and deploy_nodes run on one node, in order. */
const chain: readonly (readonly [NodeVerb, unknown])[] = [
  ['look_for_node', nodeInput(1)],
  ['identify_node', nodeInput(1)],
  ['configure_hardware', nodeInput(1)],
  ['apply_node_networking', networkingInput(1)],
  ['apply_node_storage', storageInput(1)],
  ['apply_node_platform', platformInput(1)],
  ['deploy_node', deployInput(1)],
];

/** Reads that all nodes of a run share. */
const sharedPaths = new Set(['fabrics/', 'subnets/', 'tags/', 'domains/']);
const callBudget = 48;

describe('a node of the demo, from enlisted to deployed to gone', () => {
  let region: TestRegion;
  beforeAll(async () => {
    region = await startTestRegion([machineSpec(1), machineSpec(2, { initial: 'ready' })]);
  });
  afterAll(async () => {
    await region.close();
  });

  test('prepare_site makes the networks, and nothing the second time', async () => {
    const first = await region.run('create_network_template', siteNetworks);
    expect(first.outcome.kind).toBe('done');
    await region.writes();
    const second = await region.run('create_network_template', siteNetworks);
    expect(second.outcome).toMatchObject({
      kind: 'done',
      focus: [
        { name: 'pxe', isOk: true },
        { name: 'mgmt', isOk: true },
        { name: 'storage', isOk: true },
      ],
    });
    expect(await region.writes()).toEqual([]);
  });

  test('the whole chain ends deployed as designed, within the budget of calls', async () => {
    const reports = [];
    region.requests.length = 0;
    for (const [verb, input] of chain) reports.push(await region.run(verb, input as never));
    expect(reports.map(({ outcome }) => outcome.kind)).toEqual(chain.map(() => 'done'));
    expect(region.requests.length).toBeLessThanOrEqual(callBudget);
    const own = region.requests.filter(({ path, op }) => !sharedPaths.has(path) || op !== null);
    expect(own.length).toBeLessThanOrEqual(42);
    const hardware = reports[2]?.outcome;
    expect(hardware?.buildData?.map(({ generator }) => generator)).toEqual(
      expect.arrayContaining(['lshw', 'lldp', expect.stringMatching(/^commission:/)]),
    );
    expect(reports[6]?.outcome).toMatchObject({ kind: 'done', hasDetailLogs: true });
  });

  test('no write goes out without an announcement, and none is repeated', async () => {
    const writes = await region.writes();
    const onMachine = writes.filter(({ machine }) => machine === 'n01');
    expect(onMachine.length).toBeGreaterThan(15);
    const texts = onMachine.map(({ method, path, op, params }) => JSON.stringify([method, path, op, params]));
    expect(new Set(texts).size).toBe(texts.length);
    expect(writes.filter(({ accepted }) => !accepted)).toEqual([]);
  });

  test('MAAS shows the networking and storage of the design', async () => {
    const { maas } = await region.simulator.control.machine('n01');
    expect(maas).toMatchObject({ statusName: 'Deployed', hostname: 'n01', domain: 'demo.test' });
    expect(maas?.ownerData).toEqual({ role: 'worker', zone: 'a' });
    expect(maas?.tags.toSorted()).toEqual(['masters', 'n01_kp', 'rack1']);
    expect(maas?.kernelOptions).toBe('hugepagesz=1G hugepages=4 quiet');
    const links = maas?.interfaces.flatMap((nic) =>
      nic.links.map((link) => `${nic.name} ${link.mode} ${link.ipAddress}`),
    );
    expect(links).toEqual(expect.arrayContaining(['bond0.101 static 172.16.1.21', 'bond0.102 static 172.16.2.21']));
    const mounts = maas?.volumeGroups.flatMap(({ logicalVolumes }) =>
      logicalVolumes.map(({ filesystem }) => `${filesystem?.fstype} ${filesystem?.mountPoint}`),
    );
    expect(mounts).toEqual(['ext4 /var/log', 'xfs /var/lib']);
  });

  test('running the chain again on the deployed node writes nothing', async () => {
    for (const [verb, input] of chain) {
      const report = await region.run(verb, input as never);
      expect(report.outcome.kind).toBe('done');
    }
    expect(await region.writes()).toEqual([]);
  });

  test('each step that is run again on a prepared node writes nothing', async () => {
    await region.run('configure_hardware', nodeInput(2));
    const steps = [
      ['apply_node_networking', networkingWithDhcp(2)],
      ['apply_node_storage', storageInput(2)],
      ['apply_node_platform', platformInput(2)],
    ] as const;
    for (const [verb, input] of steps) {
      expect((await region.run(verb, input)).outcome.kind).toBe('done');
      await region.writes();
      const again = await region.run(verb, input);
      expect(again.outcome.kind).toBe('done');
      expect(again.notes.map(({ text }) => text).join()).toContain('already configured');
      expect(await region.writes()).toEqual([]);
    }
  });

  test('destroy_node releases, erases and deletes, and is done with what is gone', async () => {
    const first = await region.run('destroy_node', nodeInput(1));
    expect(first.outcome.kind).toBe('done');
    expect(first.intents.map(({ kind }) => kind)).toEqual(['release', 'delete']);
    await region.writes();
    expect((await region.run('destroy_node', nodeInput(1))).outcome.kind).toBe('done');
    expect(await region.writes()).toEqual([]);
    expect((await region.run('look_for_node', nodeInput(1))).outcome.kind).toBe('absent');
  });
});
