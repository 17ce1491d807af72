import { afterEach, describe, expect, test } from '@jest/globals';
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
import type { Death } from './support/step-runner.js';
import { machineSpec, startTestRegion, type TestRegion } from './support/test-region.js';

type NodeVerb = keyof NodeDriver & Verb;

interface Case {
  readonly verb: NodeVerb;
  readonly input: unknown;
  readonly before: readonly (readonly [NodeVerb, unknown])[];
}

const hardware = ['configure_hardware', nodeInput(1)] as const;
const networking = ['apply_node_networking', networkingInput(1)] as const;
const storage = ['apply_node_storage', storageInput(1)] as const;

const cases: readonly Case[] = [
  { verb: 'configure_hardware', input: nodeInput(1), before: [] },
  { verb: 'apply_node_networking', input: networkingWithDhcp(1), before: [hardware] },
  { verb: 'apply_node_storage', input: storageInput(1), before: [hardware] },
  { verb: 'apply_node_platform', input: platformInput(1), before: [hardware] },
  { verb: 'deploy_node', input: deployInput(1), before: [hardware, networking, storage] },
  {
    verb: 'destroy_node',
    input: nodeInput(1),
    before: [hardware, networking, storage, ['deploy_node', deployInput(1)]],
  },
];

/** Effects of which MAAS may accept one each. */
const onceOnly = ['commission', 'allocate', 'deploy', 'release'];

let region: TestRegion;
afterEach(async () => {
  await region.close();
});

async function prepare(before: Case['before']): Promise<void> {
  region = await startTestRegion([machineSpec(1)]);
  await region.run('create_network_template', siteNetworks);
  for (const [verb, input] of before) {
    const { outcome } = await region.run(verb, input as never);
    expect(outcome.kind).toBe('done');
  }
  await region.writes();
}

async function endState(): Promise<unknown> {
  const { maas } = await region.simulator.control.machine('n01');
  return maas === null
    ? null
    : { ...maas, interfaces: maas.interfaces.toSorted((a, b) => a.name.localeCompare(b.name)), statusMessage: null };
}

describe.each(cases)('$verb whose process dies', ({ verb, input, before }) => {
  test.each(['intend', 'settle'] as const)(
    'at any %s converges without a second effect',
    async (at: Death['at']) => {
      await prepare(before);
      const undisturbed = await region.run(verb, input as never);
      const wanted = await endState();
      const writes = undisturbed.intents.length;
      expect(undisturbed.outcome.kind).toBe('done');
      await region.close();
      for (let count = 1; count <= writes; count += 1) {
        await prepare(before);
        const report = await region.run(verb, input as never, { death: { at, count } });
        expect({ count, outcome: report.outcome.kind, crashes: report.crashes }).toEqual({
          count,
          outcome: 'done',
          crashes: 1,
        });
        expect(await endState()).toEqual(wanted);
        const accepted = (await region.writes()).filter(
          (entry) => entry.accepted && (entry.machine === 'n01' || entry.op === 'update_nodes'),
        );
        expect(accepted.length).toBe(writes);
        for (const op of onceOnly) expect(accepted.filter((entry) => entry.op === op).length).toBeLessThanOrEqual(1);
        if (count < writes) await region.close();
      }
    },
    60_000,
  );
});
