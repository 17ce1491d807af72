import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkDeployed, siteOf } from '@drydock/demo';
import type { TaskDocument, TaskTree } from '@drydock/client';
import type { Faults } from '@drydock/maas-simulator';
import { findFreePort } from '@drydock/runtime';
import { checkJournal } from '@drydock/testkit';
import { endOfTask } from '../site/end-of-task.js';
import { readAttempts } from './read-attempts.js';
import { relaySite } from './relay-site.js';
import { type MaasSite, runMaasSite, stage } from './run-maas-site.js';

const timeScale = 240;
const shortDeadlines = {
  DRYDOCK_DEADLINE_SET_NODE_BOOT_MINUTES: '0.05',
  DRYDOCK_DEADLINE_POWER_CYCLE_NODE_MINUTES: '0.1',
};

let maas: MaasSite;
beforeAll(async () => {
  maas = await runMaasSite({ backend: 'postgres', timeScale, env: shortDeadlines });
}, 60_000);
afterAll(() => maas?.close(), 120_000);

/** Nothing is wrong with `r01n04`, and with `r01n05` only once. */
const faults: Readonly<Record<string, Faults>> = {
  r01n01: { bmcDown: true },
  r01n02: { failCommission: 'always' },
  r01n03: { smallDisk: true },
  r01n05: { failDeploy: 1 },
};

const bmcDown = /BMC of node r01n01 at 127\.16\.1\.11:\d+ cannot be used: .*check its power, the address/;
const failedCommission = /commission of r01n02 .* failed: status Failed commissioning .*look at its logs/;
const smallDisk = /storage of r01n03 .* 60000000000 bytes are wanted, \d+ are left; .* use a larger disk/;

describe('a site with broken machines among good ones', () => {
  let designRef = '';
  beforeAll(async () => {
    const text = siteOf(5, { bmcPort: await findFreePort('127.16.1.11') });
    const staged = await stage(maas, text, (fleet) => ({
      ...fleet,
      machines: (fleet.machines ?? []).map((machine) => ({ ...machine, faults: faults[machine.name] ?? {} })),
    }));
    designRef = staged.designRef;
    await run('prepare_site', designRef);
  }, 60_000);

  test('prepare_nodes succeeds in part, and says of each failure what and why', async () => {
    const tree = await run('prepare_nodes', designRef);
    expect(tree.root.result).toMatchObject({
      status: 'partial_success',
      successes: ['r01n03', 'r01n04', 'r01n05'],
      failures: ['r01n01', 'r01n02'],
    });
    expect(errorsOn(tree, 'r01n01')).toContainEqual(expect.stringMatching(bmcDown));
    expect(errorsOn(tree, 'r01n02')).toContainEqual(expect.stringMatching(failedCommission));
  }, 90_000);

  test('deploy_nodes succeeds in part, and tries a machine again that failed once', async () => {
    const tree = await run('deploy_nodes', designRef);
    expect(tree.root.result).toMatchObject({
      status: 'partial_success',
      successes: ['r01n04', 'r01n05'],
      failures: ['r01n01', 'r01n02', 'r01n03'],
    });
    expect(errorsOn(tree, 'r01n01')).toContainEqual(expect.stringMatching(/not known to MAAS; run prepare_nodes/));
    expect(errorsOn(tree, 'r01n02')).toContainEqual(expect.stringMatching(/Failed commissioning/));
    expect(errorsOn(tree, 'r01n03')).toContainEqual(expect.stringMatching(smallDisk));
    const attempts = (await readAttempts(maas.site)).filter(
      ({ node, verb }) => node === 'r01n05' && verb === 'deploy_node',
    );
    expect(new Set(attempts.map(({ attempt }) => attempt))).toEqual(new Set([0, 1]));
  }, 90_000);

  test.each([
    ['prepare_nodes', ['r01n01', 'r01n02'], bmcDown],
    ['deploy_nodes', ['r01n03'], smallDisk],
  ] as const)(
    '%s of broken machines alone is a failure',
    async (action, nodes, message) => {
      const tree = await run(action, designRef, nodes);
      expect(tree.root.result).toMatchObject({ status: 'failure', successes: [], failures: nodes });
      expect(errorsOn(tree, nodes[0])).toContainEqual(expect.stringMatching(message));
    },
    90_000,
  );

  test('every attempt did each thing to its machine once at most', async () => {
    const journal = await maas.simulator.control.journal();
    expect(checkJournal(journal, await readAttempts(maas.site))).toEqual([]);
  });
});

test('a site with DHCP by relay, PXE over the bond and boot actions deploys, and says what is not delivered yet', async () => {
  const { design, designRef } = await stage(maas, relaySite(await findFreePort('127.16.30.20')));
  expect((await run('prepare_site', designRef)).root.result.status).toBe('success');
  expect((await run('prepare_nodes', designRef)).root.result.status).toBe('success');
  const tree = await run('deploy_nodes', designRef);
  expect(tree.root.result).toMatchObject({ status: 'success', successes: ['controller01', 'compute01'] });
  expect(checkDeployed(design, await maas.simulator.control.machines())).toEqual([]);
  expect(allMessages(tree)).toContainEqual(expect.stringMatching(/boot action.*not.*(delivered|supported)/i));
}, 90_000);

async function run(action: string, designRef: string, nodeNames: readonly string[] | null = null): Promise<TaskTree> {
  const { client } = maas.site;
  const nodeFilter = nodeNames && ({ filter_set_type: 'union', filter_set: [filterOf(nodeNames)] } as const);
  const { task_id: id } = await client.createTask({ action, designRef, nodeFilter });
  await endOfTask(maas.site, id);
  return client.getTaskTree(id);
}

function filterOf(nodeNames: readonly string[]) {
  return { filter_type: 'union', node_names: nodeNames } as const;
}

function documentsOf({ tasks }: TaskTree): readonly TaskDocument[] {
  return [...tasks.values()];
}

function errorsOn(tree: TaskTree, node: string): readonly string[] {
  return documentsOf(tree).flatMap(({ result }) =>
    result.details.messageList.filter((entry) => entry.error && entry.context === node).map(({ message }) => message),
  );
}

function allMessages(tree: TaskTree): readonly string[] {
  return documentsOf(tree).flatMap(({ result }) => result.details.messageList.map(({ message }) => message));
}
