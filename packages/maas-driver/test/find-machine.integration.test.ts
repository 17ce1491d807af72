import { afterEach, describe, expect, test } from '@jest/globals';
import { createMaasDriver, type MaasDriver } from '../src/index.js';
import { nodeInput } from './support/demo-node.js';
import { type Answer, type ScriptedServer, startScriptedServer } from './support/scripted-server.js';
import { runStep } from './support/step-runner.js';

let server: ScriptedServer;
let maas: MaasDriver;
afterEach(async () => {
  maas.close();
  await server.close();
});

const node = nodeInput(1);
const json = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });
const gone: Answer = { status: 404, body: 'No Machine matches the given query.' };
const machine = (systemId: string, hostname = 'quick-fox') =>
  json({ system_id: systemId, hostname, status: 0, status_name: 'New', domain: { name: 'demo.test' } });
const machines = (...systemIds: readonly string[]) =>
  json(systemIds.map((id) => ({ system_id: id, hostname: id, status: 0, status_name: 'New' })));
/** Whose BMC has the address of the node. */
const powerOf = (...systemIds: readonly string[]) =>
  json(Object.fromEntries(systemIds.map((id) => [id, { power_address: node.node.bmcAddress }])));
const nobody = json([]);

async function look(answers: readonly Answer[]) {
  server = await startScriptedServer(answers);
  maas = createMaasDriver({ name: 'default', url: server.url, apiKey: 'consumer:token:secret' });
  return await runStep(maas.driver.look_for_node, { verb: 'look_for_node', input: node, observer: maas.observer });
}

const listings = () => server.seen.filter(({ url }) => url.includes('op=power_parameters')).length;

describe('a machine that was deleted since its BMC address was read', () => {
  test('is absent only when it is absent from what is read anew', async () => {
    const { outcome } = await look([nobody, powerOf('old'), gone, powerOf(), nobody]);
    expect(outcome.kind).toBe('absent');
    expect(listings()).toBe(2);
  });

  test('is found as the machine that it has become', async () => {
    const { outcome } = await look([nobody, powerOf('old'), gone, powerOf('new'), machine('new')]);
    expect(outcome).toMatchObject({ kind: 'done', notes: [{ text: expect.stringContaining('machine new') }] });
  });

  test('and is still listed is neither known nor unknown: the step tries again', async () => {
    const looking = look([nobody, powerOf('old'), gone, powerOf('old'), gone]);
    await expect(looking).rejects.toMatchObject({
      code: 'provisioner_unavailable',
      message: expect.stringMatching(
        /^MAAS .* lists old at the BMC address 127\.16\.77\.11 of node n01 and does not know/,
      ),
    });
  });

  test('no longer makes another at its address ambiguous', async () => {
    const { outcome } = await look([nobody, powerOf('old', 'new'), machines('new'), powerOf('new'), machine('new')]);
    expect(outcome).toMatchObject({ kind: 'done', notes: [{ text: expect.stringContaining('machine new') }] });
  });
});

test('a machine that is there is read once', async () => {
  const { outcome } = await look([nobody, powerOf('abc'), machine('abc')]);
  expect(outcome.kind).toBe('done');
  expect(listings()).toBe(1);
});
