import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isDrydockError, type OobInput } from '@drydock/model';
import { createRedfishDriver } from '../src/redfish/create-redfish-driver.js';
import { answersTo, bmcError, FakeBmc, password, resetPath, systemPath } from './fake-bmc.js';
import { Died, MemoryStep } from '@drydock/testkit';
import { oobInput, redfishConfig } from './oob-input.js';

let bmc: FakeBmc;
let endpoint: { address: string; port: number };
let input: OobInput;
const driver = createRedfishDriver(redfishConfig());

beforeEach(async () => {
  bmc = new FakeBmc();
  endpoint = await bmc.listen('127.16.0.33');
  input = oobInput(endpoint);
});
afterEach(async () => {
  expect([...bmc.sessions]).toEqual([]);
  await bmc.close();
});

const interrogate = (oob = input, options = {}) => new MemoryStep().call(driver.interrogate_oob, oob, options);

describe('a session', () => {
  test('is deleted after a call', async () => {
    expect(await interrogate()).toMatchObject({ kind: 'done', notes: [{ text: 'power of node n01 is On' }] });
    expect(bmc.lines('DELETE')).toEqual(['DELETE /odd/sessions/1']);
  });

  test('is deleted when the call ends by an error, and when its signal aborts', async () => {
    bmc.interrupt = ({ line }) => (line === `GET ${systemPath}` ? { status: 500 } : null);
    await expect(interrogate()).rejects.toThrow('status 500');
    const abort = new AbortController();
    bmc.interrupt = ({ line }) => {
      if (line === `GET ${systemPath}`) abort.abort(new Error('lease lost'));
      return null;
    };
    await expect(interrogate(input, { signal: abort.signal })).rejects.toThrow('lease lost');
    expect(bmc.lines('DELETE')).toEqual(['DELETE /odd/sessions/1', 'DELETE /odd/sessions/2']);
  });

  test('is not needed by a BMC without a session service', async () => {
    bmc.hasSessionService = false;
    expect(await interrogate()).toMatchObject({ kind: 'done' });
    expect(bmc.lines()).toEqual(['GET /redfish/v1/', 'GET /odd/systems', `GET ${systemPath}`]);
  });

  test('that is refused because all are in use is tried again', async () => {
    bmc.interrupt = answersTo('POST /odd/sessions', [bmcError(503, 'Base.1.8.SessionLimitExceeded')]);
    await expect(interrogate()).rejects.toMatchObject({ code: 'bmc_unavailable' });
    expect(await interrogate()).toMatchObject({ kind: 'done' });
  });

  test('for a wrong password fails as authentication, without the password', async () => {
    const outcome = await interrogate(oobInput(endpoint, { credential: 'wrong-secret' }));
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'authentication' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-secret');
    expect(JSON.stringify(outcome)).toContain(`${endpoint.address}:${endpoint.port}`);
  });
});

describe('a BMC that names a malformed link', () => {
  const malformed = ['http://[odd/1', 'https://', 'mailto:5/odd'];

  test.each(malformed)('throws for the resource %s, naming node, place and link, and asks nobody', async (link) => {
    bmc.interrupt = ({ line }) =>
      line === 'GET /odd/systems' ? { status: 200, body: { Members: [{ '@odata.id': link }] } } : null;
    const error = await interrogate().catch((reason: unknown) => reason);
    if (!isDrydockError(error, 'bmc_unavailable')) throw error;
    expect(error.message).toContain(`node n01 at ${endpoint.address}:${endpoint.port} `);
    expect(error.message).toContain(`malformed link "${link}"`);
    expect(bmc.lines('GET')).toEqual(['GET /redfish/v1/', 'GET /odd/systems']);
  });

  test.each(malformed)('settles a write to %s as not done: nothing was sent', async (link) => {
    bmc.reset = { target: link };
    const step = new MemoryStep();
    await expect(step.call(driver.power_cycle_node, input)).rejects.toThrow(`malformed link "${link}"`);
    expect(step.records).toEqual(['intend power_off', 'settle power_off not_done']);
    expect(bmc.lines('POST')).toEqual(['POST /odd/sessions']);
  });
});

describe('a BMC that does not answer', () => {
  const down = () => oobInput({ address: '127.16.0.34', port: 9 });

  test('throws, naming node, place, cause and what to check', async () => {
    const error = await interrogate(down()).catch((reason: unknown) => reason);
    if (!isDrydockError(error, 'bmc_unavailable')) throw error;
    expect(error.message).toMatch(/node n01 at 127\.16\.0\.34:9 .*ECONNREFUSED.*check/);
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify([error.message, error.stack])).not.toContain(password);
  });

  test('ends the step as unavailable at its last call', async () => {
    expect(await interrogate(down(), { isLastCall: true })).toMatchObject({
      kind: 'failed',
      errorClass: 'unavailable',
    });
  });

  test('never ends a step whose effect is open', async () => {
    const step = new MemoryStep();
    await expect(step.call(driver.power_off_node, input, { dieAfterRecord: 1 })).rejects.toThrow(Died);
    const last = step.call(driver.power_off_node, down(), { isLastCall: true, stopping: true });
    await expect(last).rejects.toMatchObject({ code: 'bmc_unavailable' });
    expect(step.openIntent).not.toBeNull();
  });

  test.each(['hang up', 'silence'] as const)('properly (%s) is given up', async (habit) => {
    const hasty = createRedfishDriver(redfishConfig({ requestTimeoutSeconds: 0.1 }));
    bmc.interrupt = ({ line }) => (line === 'GET /redfish/v1/' ? habit : null);
    await expect(new MemoryStep().call(hasty.interrogate_oob, input)).rejects.toMatchObject({
      code: 'bmc_unavailable',
    });
  });
});

describe('a design', () => {
  test.each([
    ['address', { address: null }],
    ['account', { account: null }],
    ['credential', { credential: null }],
  ])('without %s fails as invalid', async (what, oob) => {
    const outcome = await interrogate(oobInput(endpoint, oob));
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'invalid_design' });
    expect(outcome).toMatchObject({ reason: expect.stringContaining(what) });
    expect(bmc.lines()).toEqual([]);
  });

  test('with an address that is not allowed is refused before any connection', async () => {
    const none = createRedfishDriver(redfishConfig({ isAddressAllowed: () => false }));
    const outcome = await new MemoryStep().call(none.interrogate_oob, input);
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('127.16.0.33 is not allowed') });
    expect(bmc.lines()).toEqual([]);
  });
});

describe('reading', () => {
  test('is repeated once when the BMC is busy', async () => {
    bmc.interrupt = answersTo(`GET ${systemPath}`, [{ status: 503 }]);
    expect(await interrogate()).toMatchObject({ kind: 'done' });
  });

  test('asks again with a slash where the BMC wants one', async () => {
    const body = { Members: [{ '@odata.id': systemPath }] };
    bmc.interrupt = ({ line }) => (line === 'GET /odd/systems/' ? { status: 200, body } : null);
    const moved = answersTo('GET /odd/systems', [{ status: 404 }]);
    const slash = bmc.interrupt;
    bmc.interrupt = (request) => moved(request) ?? slash(request);
    expect(await interrogate()).toMatchObject({ kind: 'done' });
  });

  test('takes the system that the design names when there are several', async () => {
    bmc.interrupt = ({ line }) => {
      const members = ['/odd/a', '/odd/b'].map((link) => ({ '@odata.id': link }));
      if (line === 'GET /odd/systems') return { status: 200, body: { Members: members } };
      if (line === 'GET /odd/a') return { status: 200, body: { Id: 'a', PowerState: 'Off' } };
      return line === 'GET /odd/b' ? { status: 200, body: { Id: 'b', UUID: 'u-b', PowerState: 'On' } } : null;
    };
    expect(await interrogate()).toMatchObject({ kind: 'failed', errorClass: 'ambiguous' });
    const named = await interrogate(oobInput(endpoint, { parameters: { system: 'u-b' } }));
    expect(named).toMatchObject({ kind: 'done', notes: [{ text: 'power of node n01 is On' }] });
  });

  test('what is no Redfish throws', async () => {
    bmc.interrupt = ({ line }) => (line === 'GET /odd/systems' ? { status: 200, body: { hello: 1 } } : null);
    await expect(interrogate()).rejects.toThrow('Members');
  });
});

test('a link to another host is asked of the BMC itself', async () => {
  bmc.reset = { target: `http://192.0.2.1${resetPath}` };
  expect(await new MemoryStep().call(driver.power_off_node, input)).toMatchObject({ kind: 'done' });
  expect(bmc.resets()).toEqual(['ForceOff']);
});
